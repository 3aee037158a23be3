import EventLoop
import EventRelay
import FunctionKit
import RelayTesting
import Testing

extension `Event relay` {
  @Suite struct `A new function` {
    private func start(_ from: String, _ body: @escaping @Sendable (Platform) async throws -> Void) async throws {
      let events = "  Note: { on: thing.changed, from: \(from), emits: [thing.noted] }"
      try await withThings(isStarted: false, events: Things.usual.without("Note") + "\n" + events) { platform in
        // The others have been there for long, and Note comes now.
        let first = platform.host
        for number in 1...1200 { try await platform.change("thing\(number % 3)") }
        first.start()
        try await platform.until("the others have heard", within: .seconds(60)) {
          try await platform.effects("Count").count == 1200
        }
        await first.relay.stop()
        try await platform.write("reader", "delete from lakoo.subscription where function = 'Note'")
        try await platform.write("reader", "delete from lakoo.pending where function = 'Note'")
        try await platform.write("reader", "delete from lakoo.inbox where function = 'Note'")
        try await platform.write("reader", "delete from effect where function = 'Note'")
        platform.advance(by: .seconds(60))
        try await body(platform)
      }
    }

    @Test func `that begins with the earliest gets all that is stored, in order, and then what comes`() async throws {
      try await start("earliest") { platform in
        let second = try platform.another()
        second.start()
        for number in 1...30 { try await platform.change("thing\(number % 3)") }
        try await platform.until("it has heard it all", within: .seconds(60)) {
          try await platform.effects("Note").count >= 1230
        }
        try await platform.settle()
        for thing in 0..<3 {
          #expect(try await platform.numbers("Note", of: "thing\(thing)") == Array(1...410))
          #expect(try await platform.numbers("Count", of: "thing\(thing)") == Array(1...410))
        }
        try await platform.change("thing0")
        try await platform.until("one more came") { try await platform.numbers("Note", of: "thing0").count == 411 }
        let places: Int = try await platform.one(
          "reader", "select count(distinct (low::text, high::text, seq))::int from lakoo.subscription")
        #expect(places == 1, "it has joined the others")
      }
    }

    @Test func `that begins with the latest gets what comes`() async throws {
      try await start("latest") { platform in
        let second = try platform.another()
        try await second.relay.prepare()
        second.start()
        for number in 1...30 { try await platform.change("thing\(number % 3)") }
        try await platform.until("the others have heard", within: .seconds(60)) {
          try await platform.effects("Count").count >= 1230
        }
        try await platform.until("it has heard the new") { try await platform.effects("Note").count >= 30 }
        try await platform.settle()
        #expect(try await platform.numbers("Note", of: "thing1") == Array(401...410))
      }
    }
  }
}
