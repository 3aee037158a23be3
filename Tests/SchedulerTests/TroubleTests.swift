import EventLoop
import FunctionKit
import Postgres
import RelayTesting
import Runtime
import Scheduler
import Testing

extension `The scheduler` {
  @Suite struct `Trouble` {
    @Test(arguments: ["Chime", "Errand"])
    func `a failing job is put down with its error, and the next tick runs`(function: String) async throws {
      let mode = function == "Errand" ? "none" : "auto"
      try await withClockwork("\(function): { schedule: '@every 1h', transaction: \(mode) }") { platform, hour in
        platform.start()
        try await platform.order("throw", function)
        platform.advance(to: hour + .hours(1) + .seconds(1))
        try await platform.until("it failed") { try await platform.ticks(function).first?.status == "failed" }
        #expect(try await platform.ticks(function).first?.error?.contains("Broken") == true)
        #expect(try await platform.runs(function).isEmpty)
        try await platform.liftOrder(function)
        platform.advance(to: hour + .hours(2) + .seconds(1))
        try await platform.until("the next one ran") { try await platform.runs(function) == [hour + .hours(2)] }
        try await platform.until("it is done") {
          try await platform.ticks(function).map(\.status) == ["failed", "done"]
        }
      }
    }

    @Test func `an error with a zero byte is put down without it`() async throws {
      try await withClockwork("Chime: { schedule: '@every 1h' }") { platform, hour in
        platform.start()
        try await platform.order("garble", "Chime")
        platform.advance(to: hour + .hours(1) + .seconds(1))
        try await platform.until("it failed") { try await platform.ticks("Chime").first?.status == "failed" }
        #expect(try await platform.ticks("Chime").first?.error == "it said nothing twice")
      }
    }

    @Test(arguments: ["Chime", "Errand"])
    func `a job at its deadline has failed, and is not begun again`(function: String) async throws {
      let mode = function == "Errand" ? "none" : "auto"
      try await withClockwork(
        "\(function): { schedule: '@every 1h', timeout: 300ms, transaction: \(mode) }"
      ) { platform, hour in
        platform.start()
        try await platform.order("wait", function)
        platform.advance(to: hour + .hours(1) + .seconds(1))
        try await platform.until("it failed", within: .seconds(3)) {
          try await platform.ticks(function).first?.status == "failed"
        }
        try await platform.liftOrder(function)
        platform.advance(by: .seconds(40))
        try await platform.settle()
        #expect(try await platform.runs(function).isEmpty)
      }
    }

    @Test func `a job cut off with its host holds its claim no longer and is run by another`() async throws {
      try await withClockwork("Chime: { schedule: '@every 1h' }", hosts: 2) { platform, hour in
        try await platform.order("wait", "Chime")
        platform.hosts[0].scheduler.start()
        platform.advance(to: hour + .hours(1) + .seconds(1))
        let working: SQL = """
          select pid from pg_stat_activity where datname = \(platform.databases["clockwork"])
            and xact_start < clock_timestamp() - interval '200 ms' and backend_xid is not null
          """
        try await platform.until("it runs") { try await !platform.rows("clockwork", working, as: Int.self).isEmpty }
        #expect(try await platform.ticks("Chime").map(\.status) == ["running"])
        try await platform.dieInTheMiddle(0, working)
        #expect(try await platform.ticks("Chime").map(\.status) == ["running"])
        try await platform.liftOrder("Chime")
        try await platform.write("clockwork", "update lakoo.cron_tick set lease_until = clock_timestamp()")
        platform.hosts[1].scheduler.start()
        try await platform.until("it ran") { try await platform.runs("Chime") == [hour + .hours(1)] }
      }
    }

    @Test func `a job with its own transactions renews its lease while it runs, and stops when another host has it`()
      async throws
    {
      try await withClockwork("Errand: { schedule: '@every 1h', timeout: 10m, transaction: none }") { platform, hour in
        try await platform.order("wait", "Errand")
        platform.start()
        platform.advance(to: hour + .hours(1) + .seconds(1))
        let left: SQL = """
          select extract(epoch from lease_until - clock_timestamp())::int from lakoo.cron_tick where status = 'running'
          """
        func seconds() async throws -> Int? { try await platform.rows("clockwork", left, as: Int.self).first }
        try await platform.until("it runs") { try await seconds() != nil }
        #expect(try await seconds() ?? 600 <= 30)
        try await platform.write(
          "clockwork", "update lakoo.cron_tick set lease_until = lease_until - interval '20 seconds'")
        try await platform.until("it is renewed") { try await seconds() ?? 0 > 20 }
        try await platform.write("clockwork", "update lakoo.cron_tick set attempts = attempts + 1")
        try await platform.until("it is stopped") { platform.hosts[0].services.inFlight.count == 0 }
        #expect(try await platform.ticks("Errand").map(\.status) == ["running"])
        #expect(try await platform.runs("Errand").isEmpty)
      }
    }

    @Test func `a job with its own transactions is taken over when the lease of its host has run out`() async throws {
      try await withClockwork("Errand: { schedule: '@every 1h', transaction: none }") { platform, hour in
        platform.advance(to: hour + .hours(1) + .seconds(1))
        try await platform.write(
          "clockwork",
          """
          insert into lakoo.cron_tick (function, scheduled_at, attempts, started_at, lease_until)
          values ('Errand', \(hour + .hours(1)), 1, \(platform.clock.now), clock_timestamp() + interval '1 hour')
          """)
        platform.start()
        platform.advance(by: .seconds(31))
        try await platform.settle()
        #expect(try await platform.runs("Errand").isEmpty)
        try await platform.write("clockwork", "update lakoo.cron_tick set lease_until = clock_timestamp()")
        platform.advance(by: .seconds(31))
        try await platform.until("it was taken over") { try await platform.runs("Errand") == [hour + .hours(1)] }
        try await platform.until("it is done") { try await platform.ticks("Errand").first?.status == "done" }
        #expect(try await platform.ticks("Errand").first?.attempts == 2)
      }
    }
  }
}

extension Platform {
  /// How many transactions that write are open.
  func working() async throws -> Int {
    try await one(
      "clockwork",
      """
      select count(*)::int from pg_stat_activity
      where datname = \(databases["clockwork"]) and backend_xid is not null
      """)
  }

  /// What a host's death looks like to the database: its sessions are gone, and it writes nothing any more.
  func dieInTheMiddle(_ number: Int, _ sessions: SQL) async throws {
    let pool = hosts[number].bundles[0].pool
    let end = Task(executorPreference: loop) { await pool?.close() }
    try await until("no one works any more") {
      _ = try await rows("clockwork", "select pg_terminate_backend(pid) from (\(sessions)) as session", as: Bool.self)
      return try await working() == 0
    }
    await end.value
    await hosts[number].scheduler.stop()
  }
}
