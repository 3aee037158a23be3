import EventLoop
import FunctionKit
import RelayTesting
import Runtime
import Scheduler
import Testing

extension `The scheduler` {
  @Suite struct `In quarantine` {
    @Test(arguments: [
      ("missed: skip", ["skipped", "skipped", "skipped"]), ("missed: last", ["skipped", "skipped", "done"]),
      ("missed: all", ["done", "done", "done"]),
    ])
    func `leaves ticks undecided, and when it is lifted they are missed ticks`(
      policy: String, statuses: [String]
    ) async throws {
      let crons = """
        Chime: { schedule: '@every 1h', \(policy) }
        Errand: { schedule: '@every 1h', transaction: none }
        """
      try await withClockwork(crons) { platform, hour in
        platform.start()
        try await platform.until("both were seen") {
          try await platform.one("clockwork", "select count(*)::int from lakoo.cron_tick where status = 'seen'") == 2
        }
        platform.host.services.quarantine.set([Quarantine.Entry(bundle: "clockwork", function: "Chime")])
        for count in 1...3 {
          platform.advance(to: hour + .hours(Int64(count)) + .minutes(5))
          try await platform.until("its neighbour ran") { try await platform.runs("Errand").count == count }
        }
        try await platform.settle()
        #expect(try await platform.ticks("Chime").isEmpty)
        platform.host.services.quarantine.set([])
        try await platform.until("all is decided and over") {
          try await platform.ticks("Chime").map(\.status) == statuses
        }
        let wanted = zip(1..., statuses).filter { $0.1 == "done" }.map { hour + .hours($0.0) }
        #expect(try await platform.runs("Chime") == wanted)
        #expect(try await platform.ticks("Chime").allSatisfy { $0.attempts <= 1 })
      }
    }

    @Test func `keeps a run that a person asks for waiting`() async throws {
      try await withClockwork("Chime: { schedule: '@every 1h' }") { platform, hour in
        platform.start()
        platform.host.services.quarantine.set([Quarantine.Entry(bundle: "clockwork", function: "Chime")])
        _ = try await platform.host.scheduler.run("Chime", in: "clockwork", at: hour)
        try await platform.settle()
        #expect(try await platform.ticks("Chime").map(\.status) == ["pending"])
        platform.host.services.quarantine.set([])
        try await platform.until("it is done") { try await platform.ticks("Chime").map(\.status) == ["done"] }
      }
    }
  }
}
