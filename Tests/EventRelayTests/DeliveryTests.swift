import EventLoop
import FunctionKit
import RelayTesting
import Runtime
import Testing

/// One after the other, because some measure how long things take.
@Suite(.serialized) struct `Event relay` {}

extension `Event relay` {
  @Suite struct `Delivery` {
    @Test func `an event reaches every function that listens, once`() async throws {
      try await withThings { platform in
        try await platform.change("lamp")
        try await platform.until("both have run") { try await platform.effects().count >= 2 }
        try await platform.settle()
        let effects = try await platform.effects()
        #expect(Set(effects.map(\.function)) == ["Note", "Count"] && effects.count == 2)
        #expect(effects.allSatisfy { $0.thing == "lamp" && $0.number == 1 })
      }
    }

    @Test func `an effect and its completion are seen together or not at all`() async throws {
      try await withThings(isStarted: false) { platform in
        for number in 1...300 { try await platform.change("thing\(number % 7)") }
        platform.start()
        var looks = 0
        try await platform.until("all are done") {
          looks += 1
          let torn: Int = try await platform.one(
            "reader",
            """
            select count(*)::int from lakoo.delivery item
            where (status = 'done') <> exists (
              select from effect where effect.event = item.id and effect.function = item.function)
            """)
          #expect(torn == 0)
          return try await platform.effects("Note").count == 300
        }
        #expect(looks > 1)
      }
    }

    @Test func `what is rolled back is never told`() async throws {
      try await withThings { platform in
        #expect(try await platform.change("lamp", fails: true) == 409)
        #expect(try await platform.change("lamp") == 200)
        try await platform.until("the other one came") { try await platform.effects().count == 2 }
        try await platform.settle()
        #expect(try await platform.numbers("Note", of: "lamp") == [1])
      }
    }

    @Test func `an event that the manifest does not list is refused`() async throws {
      try await withThings { platform in
        let status = try await platform.host.call("Whisper", of: "writer", body: [:])
        let rows: Int = try await platform.one("writer", "select count(*)::int from lakoo.outbox")
        #expect(status == 500 && rows == 0)
      }
    }

    @Test func `more rows than a batch arrive, all of them and in order`() async throws {
      try await withThings(isStarted: false) { platform in
        let transaction = try platform.host.transaction(of: "writer", as: "Change")
        for number in 1...1001 {
          try await transaction.emit(EmittedEvent(ThingChanged(thing: "thing\(number % 40)", number: number)))
        }
        try await transaction.commit()
        platform.start()
        try await platform.until("all have come") {
          try await platform.one("reader", "select count(*)::int from effect", as: Int.self) >= 2002
        }
        for thing in 0..<40 {
          let numbers = try await platform.numbers("Note", of: "thing\(thing)")
          #expect(numbers == Array(1...1001).filter { $0 % 40 == thing })
        }
      }
    }

    @Test func `the time from a commit to its effect is short on a host that has nothing else to do`() async throws {
      try await withThings { platform in
        var times: [Duration] = []
        for number in 1...31 {
          let start = ContinuousClock.now
          try await platform.change("lamp")
          while try await platform.one("reader", "select count(*)::int from effect", as: Int.self) < 2 * number {}
          times.append(start.duration(to: .now))
        }
        let median = times.sorted()[15]
        print("median from the request to both effects: \(median)")
        #expect(median < .seconds(1))
      }
    }
  }
}
