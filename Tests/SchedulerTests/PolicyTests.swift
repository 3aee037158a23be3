import EventLoop
import FunctionKit
import RelayTesting
import Runtime
import Scheduler
import Testing

extension `The scheduler` {
  /// What the manifest says of ticks that can't simply run, over two hosts that know nothing of each other.
  @Suite struct `Policies` {
    @Test(arguments: ["Chime", "Errand"])
    func `forbid skips a tick that is due while another one runs on any host`(function: String) async throws {
      try await withClockwork(manifest(function, "overlap: forbid"), hosts: 2) { platform, hour in
        try await platform.holdUp(function, at: hour + .hours(1))
        platform.advance(to: hour + .hours(2) + .seconds(1))
        try await platform.until("the second is skipped") {
          try await platform.ticks(function).map(\.status) == ["running", "skipped"]
        }
        try await platform.liftOrder(function)
        try await platform.until("the first is done") { try await platform.ticks(function).first?.status == "done" }
        #expect(try await platform.runs(function) == [hour + .hours(1)])
        let reason = try await platform.ticks(function)[1].skippedReason
        #expect(reason == "the run of \(hour + .hours(1)) was not over")
      }
    }

    @Test(arguments: ["Chime", "Errand"])
    func `queue runs it afterwards, in order`(function: String) async throws {
      try await withClockwork(manifest(function, "overlap: queue"), hosts: 3) { platform, hour in
        try await platform.holdUp(function, at: hour + .hours(1))
        for count in 2...4 {
          platform.advance(to: hour + .hours(Int64(count)) + .seconds(1))
          try await platform.until("it waits") { try await platform.ticks(function).count == count }
        }
        #expect(try await platform.ticks(function).map(\.status) == ["running", "pending", "pending", "pending"])
        try await platform.liftOrder(function)
        try await platform.until("all ran") {
          try await platform.ticks(function).map(\.status) == ["done", "done", "done", "done"]
        }
        #expect(try await platform.runs(function) == (1...4).map { hour + .hours($0) })
        #expect(try await platform.ticks(function).allSatisfy { $0.attempts == 1 })
      }
    }

    @Test(arguments: ["Chime", "Errand"])
    func `allow runs it beside the other`(function: String) async throws {
      try await withClockwork(manifest(function, "overlap: allow"), hosts: 2) { platform, hour in
        try await platform.holdUp(function, at: hour + .hours(1))
        platform.advance(to: hour + .hours(2) + .seconds(1))
        try await platform.until("both run") {
          try await platform.ticks(function).map(\.status) == ["running", "running"]
        }
        try await platform.liftOrder(function)
        try await platform.until("both are done") {
          try await platform.ticks(function).map(\.status) == ["done", "done"]
        }
        #expect(Set(try await platform.runs(function)) == [hour + .hours(1), hour + .hours(2)])
        #expect(try await platform.runs(function).count == 2)
      }
    }

    @Test(arguments: [
      ("missed: skip", ["skipped", "skipped", "skipped", "skipped"]),
      ("missed: last", ["skipped", "skipped", "skipped", "done"]),
      ("missed: { run: all, limit: 3 }", ["skipped", "done", "done", "done"]),
      ("missed: all, deadline: 100m", ["skipped", "skipped", "done", "done"]),
    ])
    func `of ticks missed those run that the manifest wants`(policy: String, statuses: [String]) async throws {
      try await withClockwork(manifest("Chime", policy), hosts: 3) { platform, hour in
        try await platform.seenAndStopped()
        platform.advance(to: hour + .hours(4) + .minutes(5))
        for host in platform.hosts[1...] { host.scheduler.start() }
        try await platform.until("all is decided and over") {
          try await platform.ticks("Chime").map(\.status) == statuses
        }
        let wanted = zip(1..., statuses).filter { $0.1 == "done" }.map { hour + .hours($0.0) }
        #expect(try await platform.runs("Chime") == wanted)
        #expect(try await platform.ticks("Chime").allSatisfy { ($0.status == "skipped") == ($0.skippedReason != nil) })
      }
    }

    @Test func `a queued tick that waits past its deadline is skipped with the reason`() async throws {
      try await withClockwork(manifest("Chime", "overlap: queue, deadline: 10m"), hosts: 2) { platform, hour in
        try await platform.holdUp("Chime", at: hour + .hours(1))
        platform.advance(to: hour + .hours(2) + .seconds(1))
        try await platform.until("it waits") { try await platform.ticks("Chime").last?.status == "pending" }
        platform.advance(by: .minutes(11))
        try await platform.liftOrder("Chime")
        try await platform.until("it is skipped") { try await platform.ticks("Chime").last?.status == "skipped" }
        #expect(try await platform.ticks("Chime").last?.skippedReason == "it could not start within 600 s of its time")
        #expect(try await platform.runs("Chime") == [hour + .hours(1)])
      }
    }

    @Test func `jitter holds a tick back by the same time on all hosts`() async throws {
      try await withClockwork(manifest("Chime", "jitter: 20m"), hosts: 3) { platform, hour in
        let plan = try CronPlan("Chime", "@every 1h", jitter: .minutes(20))
        try await platform.seenAndStopped()
        for host in platform.hosts[1...] { host.scheduler.start() }
        for count in 1...3 {
          let due = plan.due(hour + .hours(Int64(count)))
          platform.advance(to: due - .seconds(30))
          try await platform.settle()
          #expect(try await platform.runs("Chime").count == count - 1, "it is not due yet")
          platform.advance(to: due + .seconds(1))
          try await platform.until("it fired") { try await platform.runs("Chime").count == count }
        }
        #expect(try await platform.runs("Chime") == (1...3).map { hour + .hours($0) })
      }
    }

    @Test(arguments: ["Chime", "Errand"])
    func `a failed tick is tried again after its pause while it has attempts`(function: String) async throws {
      let retry = "retry: { attempts: 3, backoff: 1m..1m }"
      try await withClockwork(manifest(function, retry), hosts: 2) { platform, hour in
        try await platform.order("throw", function)
        platform.start()
        platform.advance(to: hour + .hours(1) + .seconds(1))
        for attempt in 1...2 {
          try await platform.until("attempt \(attempt) failed") {
            try await platform.ticks(function).first.map { $0.status == "pending" && $0.attempts == attempt } ?? false
          }
          platform.advance(by: .seconds(70))
        }
        try await platform.until("it was given up") { try await platform.ticks(function).first?.status == "failed" }
        platform.advance(by: .seconds(70))
        try await platform.settle()
        #expect(try await platform.ticks(function).map(\.attempts) == [3])
        #expect(try await platform.ticks(function).first?.error?.contains("Broken") == true)
      }
    }

    @Test func `a refusal is not tried again`() async throws {
      try await withClockwork(manifest("Chime", "retry: { attempts: 3, backoff: 1s..1s }")) { platform, hour in
        try await platform.order("refuse", "Chime")
        platform.start()
        platform.advance(to: hour + .hours(1) + .seconds(1))
        try await platform.until("it failed") { try await platform.ticks("Chime").first?.status == "failed" }
        #expect(try await platform.ticks("Chime").map(\.attempts) == [1])
      }
    }

    private func manifest(_ function: String, _ policy: String) -> String {
      let mode = function == "Errand" ? ", transaction: none" : ""
      return "\(function): { schedule: '@every 1h', \(policy)\(mode) }"
    }
  }
}

extension Platform {
  /// Starts all hosts and has one of them work on the tick until the order is lifted.
  func holdUp(_ function: String, at tick: Instant) async throws {
    try await order("wait", function)
    start()
    advance(to: tick + .seconds(1))
    try await until("it runs") { try await ticks(function).first?.status == "running" }
  }

  /// Lets the first host see the schedule and then go.
  func seenAndStopped() async throws {
    hosts[0].scheduler.start()
    try await until("it was seen") {
      try await one("clockwork", "select count(*)::int from lakoo.cron_tick where status = 'seen'") == 1
    }
    await hosts[0].scheduler.stop()
  }
}
