import EventLoop
import EventRelay
import FunctionKit
import RelayTesting
import Runtime
import Testing

extension `Event relay` {
  @Suite struct `What waits` {
    @Test func `in an outbox is counted, with the age of the oldest, until it has been taken in`() async throws {
      try await withThings(isStarted: false) { platform in
        let relay = platform.host.relay
        try await relay.prepare()
        for _ in 1...3 { try await platform.change("lamp") }
        platform.advance(by: .seconds(60))
        let unread = try #require(await relay.unread().first)
        #expect(unread.source == "writer" && unread.bundle == "reader" && unread.events == 3)
        #expect((60_000..<120_000).contains(unread.age))
        platform.start()
        try await platform.until("all is taken in") { await relay.unread().first?.events == 0 }
        #expect(await relay.unread().first?.age == 0)
      }
    }

    @Test func `in an inbox is counted by function, and so is what was given up`() async throws {
      try await withThings(isStarted: false) { platform in
        let host = platform.host
        try await host.relay.prepare()
        host.relay.start()
        for thing in ["lamp", "chair"] { try await platform.change(thing) }
        let reader = try host.bundle("reader")
        func backlog(_ function: String) async throws -> FunctionBacklog? {
          try await reader.backlog(at: platform.clock.now).first { $0.function == function }
        }
        try await platform.until("both wait") { try await backlog("Note")?.pending == 2 }
        platform.advance(by: .seconds(60))
        let overdue = try #require(await backlog("Note")?.overdue)
        #expect((60_000..<120_000).contains(overdue))
        #expect(try await backlog("Ring")?.pending == 0)
        #expect(try await backlog("Ring")?.overdue == 0)

        try await platform.order("refuse", "lamp")
        host.dispatcher.start()
        try await platform.untilDead("Note", of: "lamp")
        try await platform.until("nothing waits") { try await backlog("Note")?.pending == 0 }
        #expect(try await backlog("Note")?.dead == 1)
        #expect(try await backlog("Count")?.dead == 0)
      }
    }
  }
}
