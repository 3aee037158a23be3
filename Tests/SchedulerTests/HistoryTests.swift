import EventLoop
import FunctionKit
import RelayTesting
import Runtime
import Scheduler
import Testing

extension `The scheduler` {
  @Suite struct `History` {
    @Test func `a tick has a row with its times, its attempts and the host that ran it`() async throws {
      try await withClockwork("Chime: { schedule: '@every 1h' }") { platform, hour in
        platform.start()
        platform.advance(to: hour + .hours(1) + .seconds(1))
        try await platform.until("it is done") { try await platform.ticks("Chime").first?.status == "done" }
        let history = try await platform.host.scheduler.history(of: "Chime", in: "clockwork", limit: 10)
        let record = try #require(history.first)
        #expect(history.count == 1 && record.scheduledAt == hour + .hours(1) && record.attempts == 1)
        #expect(record.runner == "host 0" && record.error == nil && record.skippedReason == nil && !record.manual)
        let (started, finished) = (try #require(record.startedAt), try #require(record.finishedAt))
        #expect(hour + .hours(1) <= started && started <= finished)
        let crons = try await platform.host.scheduler.crons()
        #expect(crons.map(\.function) == ["Chime"] && crons[0].next == hour + .hours(2))
        #expect(crons[0].last?.scheduledAt == hour + .hours(1))
        let standing = try #require(await platform.host.bundle("clockwork").cronStandings().first)
        #expect(standing.function == "Chime" && standing.succeededAt == finished && standing.running == 0)
      }
    }

    @Test func `a manual run has the time it is given, and the schedule goes on as if it had not been`() async throws {
      try await withClockwork("Chime: { schedule: '@every 1h' }", hosts: 2) { platform, hour in
        platform.start()
        let tick = hour + .hours(1)
        for moment in [tick, tick, hour + .days(300)] {
          let count = try await platform.runs("Chime").count
          let record = try await platform.host.scheduler.run("Chime", in: "clockwork", at: moment)
          #expect(record.manual && record.scheduledAt == moment)
          try await platform.until("it ran") { try await platform.runs("Chime").count == count + 1 }
          try await platform.until("it is over") {
            try await platform.ticks("Chime").allSatisfy { $0.status == "done" }
          }
        }
        platform.advance(to: tick + .seconds(1))
        try await platform.until("the tick ran") { try await platform.runs("Chime").count == 4 }
        #expect(try await platform.runs("Chime") == [tick, tick, hour + .days(300), tick])
        let history = try await platform.host.scheduler.history(of: "Chime", in: "clockwork", limit: 10)
        #expect(history.map(\.manual) == [false, true, true, true])
      }
    }

    @Test func `a manual run is refused while another one goes on that must not overlap`() async throws {
      try await withClockwork("Chime: { schedule: '@every 1h' }", hosts: 2) { platform, hour in
        try await platform.holdUp("Chime", at: hour + .hours(1))
        let problem = await #expect(throws: Problem.self) {
          try await platform.hosts[1].scheduler.run("Chime", in: "clockwork", at: nil)
        }
        #expect(problem?.status == 409 && problem?.code == "already_running")
        #expect(problem?.detail.contains("\(hour + .hours(1))") == true)
        try await platform.liftOrder("Chime")
      }
    }

    @Test func `a function that is no cron is named with those that are`() async throws {
      try await withClockwork("Chime: { schedule: '@every 1h' }") { platform, _ in
        let problem = await #expect(throws: Problem.self) {
          try await platform.host.scheduler.run("Chimes", in: "clockwork", at: nil)
        }
        #expect(problem?.status == 404)
        #expect(problem?.detail == "There is no cron clockwork/Chimes; there are clockwork/Chime.")
      }
    }

    @Test func `what has been over for 90 days is deleted, but never the tick that the schedule goes on from`()
      async throws
    {
      try await withClockwork("Chime: { schedule: '@every 1h' }") { platform, hour in
        platform.start()
        for count in 1...2 {
          platform.advance(to: hour + .hours(Int64(count)) + .seconds(1))
          try await platform.until("it is done") {
            try await platform.ticks("Chime").map(\.status) == Array(repeating: "done", count: count)
          }
        }
        await platform.host.scheduler.stop()
        let sweep = HistorySweep(services: platform.host.services, bundles: platform.host.bundles)
        platform.advance(to: hour + .days(89))
        await sweep.sweep()
        #expect(try await platform.ticks("Chime").count == 2)
        platform.advance(to: hour + .days(91))
        await sweep.sweep()
        #expect(try await platform.ticks("Chime").map(\.scheduledAt) == [hour + .hours(2)])
      }
    }

    @Test func `a schedule that has nothing to do asks the database nothing`() async throws {
      try await withClockwork("Chime: { schedule: '@daily', zone: UTC }") { platform, _ in
        let lastQuery: SQL = """
          select max(query_start)::text from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()
          """
        platform.host.scheduler.start()
        try await platform.until("it was seen") {
          try await platform.one("clockwork", "select count(*)::int from lakoo.cron_tick") == 1
        }
        try await platform.settle()
        let before: String = try await platform.one("clockwork", lastQuery)
        try await platform.settle()
        #expect(try await platform.one("clockwork", lastQuery) == before)
      }
    }
  }
}
