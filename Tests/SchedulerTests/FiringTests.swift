import EventLoop
import FunctionKit
import RelayTesting
import Runtime
import Scheduler
import Testing

@Suite(.serialized) struct `The scheduler` {}

extension `The scheduler` {
  @Suite struct `Firing` {
    @Test func `two hosts fire a tick once`() async throws {
      try await withClockwork("Chime: { schedule: '@every 1h' }", hosts: 2) { platform, hour in
        platform.start()
        for count in 1...5 {
          let tick = hour + .hours(Int64(count))
          platform.advance(to: tick + .seconds(1))
          try await platform.until("it fired") { try await platform.runs("Chime").count >= count }
        }
        try await platform.settle()
        #expect(try await platform.runs("Chime") == (1...5).map { hour + .hours($0) })
        #expect(try await platform.ticks("Chime").allSatisfy { $0.status == "done" && $0.attempts == 1 })
      }
    }

    @Test func `two hosts fire a tick of a job with its own transactions once`() async throws {
      try await withClockwork("Errand: { schedule: '@every 1h', transaction: none }", hosts: 2) { platform, hour in
        platform.start()
        for count in 1...5 {
          platform.advance(to: hour + .hours(Int64(count)) + .seconds(1))
          try await platform.until("it fired") { try await platform.runs("Errand").count >= count }
        }
        try await platform.settle()
        #expect(try await platform.runs("Errand") == (1...5).map { hour + .hours($0) })
      }
    }

    @Test func `nothing fires before its time`() async throws {
      try await withClockwork("Chime: { schedule: '@every 1h' }") { platform, hour in
        platform.start()
        platform.advance(to: hour + .minutes(59))
        try await platform.settle()
        #expect(try await platform.runs("Chime").isEmpty)
      }
    }

    @Test func `of ticks that the clock jumps over only the last one fires`() async throws {
      try await withClockwork("Chime: { schedule: '@every 1h' }") { platform, hour in
        platform.start()
        try await platform.settle()
        platform.advance(to: hour + .hours(1) + .seconds(1))
        try await platform.until("the first fired") { try await platform.runs("Chime").count == 1 }
        platform.advance(to: hour + .hours(6) + .seconds(1))
        try await platform.until("another one fired") { try await platform.runs("Chime").count >= 2 }
        try await platform.settle()
        #expect(try await platform.runs("Chime") == [hour + .hours(1), hour + .hours(6)])
      }
    }

    @Test func `of ticks missed while no host ran only the last one fires`() async throws {
      try await withClockwork("Chime: { schedule: '@every 1h' }", hosts: 2) { platform, hour in
        let (before, after) = (platform.hosts[0], platform.hosts[1])
        before.scheduler.start()
        platform.advance(to: hour + .hours(1) + .seconds(1))
        try await platform.until("the first fired") { try await platform.runs("Chime").count == 1 }
        await before.scheduler.stop()
        platform.advance(to: hour + .days(3) + .minutes(20))
        after.scheduler.start()
        try await platform.until("another one fired") { try await platform.runs("Chime").count >= 2 }
        try await platform.settle()
        #expect(try await platform.runs("Chime") == [hour + .hours(1), hour + .days(3)])
      }
    }

    @Test func `the first tick fires although no one could look when it was due`() async throws {
      try await withClockwork("Chime: { schedule: '@every 1h' }", hosts: 2) { platform, hour in
        let (before, after) = (platform.hosts[0], platform.hosts[1])
        before.scheduler.start()
        try await platform.settle()
        await before.scheduler.stop()
        platform.advance(to: hour + .hours(1) + .minutes(20))
        after.scheduler.start()
        try await platform.until("it fired", within: .seconds(3)) { try await platform.runs("Chime").count == 1 }
        #expect(try await platform.runs("Chime") == [hour + .hours(1)])
      }
    }

    @Test func `a schedule goes by the clocks of its zone`() async throws {
      try await withClockwork("Chime: { schedule: '0 6 * * *', zone: Asia/Jakarta }") { platform, hour in
        let day = hour.seconds / 86_400 * 86_400
        let six = Instant(seconds: day + 23 * 3600) + (hour.seconds - day >= 22 * 3600 ? .days(1) : .zero)
        platform.advance(to: six - .minutes(10))
        platform.start()
        try await platform.settle()
        #expect(try await platform.runs("Chime").isEmpty)
        platform.advance(to: six + .seconds(1))
        try await platform.until("it fired") { try await platform.runs("Chime").count == 1 }
        #expect(try await platform.runs("Chime") == [six])
      }
    }

    @Test func `a look after a long stop is quick however often the job fires`() async throws {
      try await withClockwork("Chime: { schedule: '* * * * *' }", hosts: 2) { platform, hour in
        platform.hosts[0].scheduler.start()
        try await platform.until("the first fired") { try await platform.runs("Chime").count == 1 }
        await platform.hosts[0].scheduler.stop()
        platform.advance(to: hour + .days(39))
        platform.hosts[1].scheduler.start()
        let start = ContinuousClock.now
        try await platform.until("it fired") { try await platform.runs("Chime").last == hour + .days(39) }
        #expect(start.duration(to: .now) < .seconds(10))
      }
    }
  }
}
