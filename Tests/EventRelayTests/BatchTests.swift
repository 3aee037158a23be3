import EventLoop
import FunctionKit
import RelayTesting
import Testing

extension `Event relay` {
  @Suite struct `Batches` {
    /// So many things change before anybody looks.
    private func many(
      _ count: Int, order: String? = nil, _ body: @escaping @Sendable (Platform) async throws -> Void
    ) async throws {
      try await withThings(isStarted: false) { platform in
        if let order { try await platform.order(order, "thing77") }
        for number in 0..<count { try await platform.change("thing\(number)") }
        platform.start()
        try await body(platform)
      }
    }

    @Test func `quick events share commits`() async throws {
      try await many(400) { platform in
        try await platform.until("all have come") { try await platform.effects().count == 800 }
        let most: Int = try await platform.one(
          "reader", "select max(n)::int from (select count(*) as n from effect group by tx, function) commits")
        #expect((2...50).contains(most))
        #expect(Set(try await platform.effects("Note").map(\.thing)).count == 400)
      }
    }

    @Test(arguments: ["throw", "quarrel", "clash"])
    func `an event that fails costs the others nothing`(order: String) async throws {
      try await many(200, order: order) { platform in
        try await platform.until("the others have come") { try await platform.effects("Note").count == 199 }
        try await platform.until("it has failed") {
          try await platform.inbox("Note", of: "thing77").first?.attempts == 1
        }
        try await platform.until("the other function has had all") { try await platform.effects("Count").count == 200 }
        #expect(
          try await platform.one("reader", "select count(*)::int from lakoo.pending where attempts > 0", as: Int.self)
            == 1, "nobody else has been blamed")
        #expect(try await platform.numbers("Note", of: "thing77") == [])
        let noted: Int = try await platform.one(
          "reader", "select count(*)::int from lakoo.outbox where type = 'thing.noted'")
        #expect(noted == 199)
        try await platform.liftOrder("thing77")
        platform.advance(by: .seconds(15))
        try await platform.until("it came") { try await platform.numbers("Note", of: "thing77") == [1] }
      }
    }

    @Test func `an event that takes long does not hold up the others`() async throws {
      try await many(200, order: "wait") { platform in
        try await platform.until("the others have come") { try await platform.effects("Note").count == 199 }
        try await platform.liftOrder("thing77")
        try await platform.until("it came") { try await platform.numbers("Note", of: "thing77") == [1] }
        #expect(try await platform.effects("Note").count == 200)
      }
    }

    @Test func `a function that fails all the time does not keep another from its events`() async throws {
      let events = "  Note: { on: thing.changed, retry: { attempts: 100, backoff: 1ms..1ms } }"
      try await withThings(isStarted: false, events: Things.usual.without("Note") + "\n" + events) { platform in
        for number in 0..<1500 { try await platform.change("thing\(number)") }
        platform.start()
        try await platform.until("the other one has come through") { try await platform.effects("Count").count == 1500 }
        #expect(try await platform.effects("Note").isEmpty, "it emits what its manifest does not list")
      }
    }

    @Test func `many events of one thing come in order`() async throws {
      try await withThings(hosts: 3, isStarted: false) { platform in
        for _ in 1...300 { try await platform.change("lamp") }
        platform.start()
        try await platform.until("all have come") { try await platform.effects().count >= 600 }
        #expect(try await platform.numbers("Note", of: "lamp") == Array(1...300))
        #expect(try await platform.numbers("Count", of: "lamp") == Array(1...300))
      }
    }
  }
}
