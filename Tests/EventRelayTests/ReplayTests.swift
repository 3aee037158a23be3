import EventLoop
import EventRelay
import FunctionKit
import RelayTesting
import Runtime
import Testing

extension `Event relay` {
  @Suite struct `Replay` {
    private func replay(_ function: String, _ platform: Platform) throws -> EventRelay.Replay {
      try EventRelay.Replay(
        of: function, in: platform.host.bundle("reader"), services: platform.host.services,
        dispatcher: platform.host.dispatcher)
    }

    @Test func `stored events come once more to one function, in their order`() async throws {
      try await withThings { platform in
        for _ in 1...3 { try await platform.change("lamp") }
        try await platform.until("they came") { try await platform.effects().count == 6 }
        platform.advance(by: .seconds(60))
        let middle = platform.clock.now
        for _ in 1...2 { try await platform.change("lamp") }
        try await platform.until("these too") { try await platform.effects().count == 10 }
        #expect(try await replay("Note", platform).run(.init(since: middle)) == 2)
        try await platform.until("two came again") { try await platform.numbers("Note", of: "lamp").count == 7 }
        #expect(try await replay("Note", platform).run(.init(since: middle - .seconds(600), until: middle)) == 3)
        try await platform.until("three came again") { try await platform.numbers("Note", of: "lamp").count == 10 }
        #expect(try await platform.numbers("Note", of: "lamp") == [1, 2, 3, 4, 5, 4, 5, 1, 2, 3])
        #expect(try await platform.numbers("Count", of: "lamp") == [1, 2, 3, 4, 5])
      }
    }

    @Test func `a replay of many events of a key that waits does not keep others waiting`() async throws {
      try await withThings { platform in
        for _ in 1...250 { try await platform.change("lamp") }
        try await platform.until("they came") { try await platform.numbers("Note", of: "lamp").count == 250 }
        try await platform.order("throw", "lamp")
        try await platform.change("lamp")
        try await platform.until("it waits") {
          try await platform.inbox("Note", of: "lamp").contains { $0.status == "pending" && $0.attempts == 1 }
        }
        #expect(try await replay("Note", platform).run(.init(since: platform.clock.now - .seconds(600))) == 250)
        try await platform.change("chair")
        try await platform.until("the other one came") { try await platform.numbers("Note", of: "chair") == [1] }
      }
    }

    @Test func `a rehearsal tells the writes and the emits, and changes nothing`() async throws {
      try await withThings { platform in
        try await platform.change("lamp")
        try await platform.change("chair")
        try await platform.until("they came") { try await platform.effects().count == 4 }
        let outbox: Int = try await platform.one("reader", "select count(*)::int from lakoo.outbox")
        try await platform.order("refuse", "chair")
        let start = platform.clock.now - .seconds(60)
        let told = try await replay("Note", platform).rehearse(.init(since: start), limit: 10)
        #expect(told.map(\.subject) == ["lamp", "chair"])
        let first = try #require(told.first)
        #expect(first.error == nil && first.emits.map(\.type) == ["thing.noted"])
        #expect(first.statements.count == 1 && first.statements[0].rows == 1)
        #expect(first.statements[0].sql.hasPrefix("insert into effect"))
        #expect(told.last?.error == "It can't be done.")
        #expect(try await platform.effects().count == 4)
        #expect(try await platform.one("reader", "select count(*)::int from lakoo.outbox", as: Int.self) == outbox)
        #expect(try await replay("Note", platform).rehearse(.init(since: start), limit: 1).count == 1)
      }
    }

    @Test func `what can't be taken back is not rehearsed`() async throws {
      try await withThings { platform in
        await #expect(throws: Problem.self) {
          try await replay("Ring", platform).rehearse(.init(since: platform.clock.now), limit: 1)
        }
        #expect(throws: Problem.self) { try replay("Nobody", platform) }
      }
    }
  }
}
