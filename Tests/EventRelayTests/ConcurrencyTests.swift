import EventLoop
import FunctionKit
import RelayTesting
import Runtime
import Testing

extension `Event relay` {
  @Suite struct `Concurrency` {
    private func leased(_ platform: Platform) async throws -> Int {
      try await platform.one(
        "reader",
        "select count(*)::int from lakoo.pending where function = 'Ring' and due_at > \(platform.clock.now + .seconds(50))"
      )
    }

    @Test func `no more events than the limit are worked on at once`() async throws {
      let events = "  Ring: { on: thing.called, transaction: none, concurrency: { limit: 2 } }"
      try await withThings(events: Things.usual.without("Ring") + "\n" + events) { platform in
        for thing in ["lamp", "chair", "table", "bed"] {
          try await platform.order("wait", thing)
          try await platform.change(thing, event: "called")
        }
        try await platform.until("two are worked on") { try await leased(platform) == 2 }
        try await platform.settle()
        #expect(try await leased(platform) == 2)
        for thing in ["lamp", "chair", "table", "bed"] { try await platform.liftOrder(thing) }
        try await platform.until("all came") { try await platform.effects("Ring").count == 4 }
      }
    }

    @Test func `many events of a thing that is worked on for long do not keep another thing waiting`() async throws {
      try await withThings(isStarted: false) { platform in
        try await platform.order("wait", "lamp")
        for _ in 1...300 { try await platform.change("lamp", event: "called") }
        try await platform.change("chair", event: "called")
        platform.start()
        try await platform.until("the other one came") { try await platform.numbers("Ring", of: "chair") == [1] }
        #expect(try await platform.numbers("Ring", of: "lamp") == [])
        try await platform.write("reader", "delete from lakoo.pending where seq > 5 and key = 'lamp'")
        try await platform.liftOrder("lamp")
        try await platform.until("it came") { try await !platform.numbers("Ring", of: "lamp").isEmpty }
      }
    }

    @Test func `without a key events of one subject pass each other`() async throws {
      let events = "  Ring: { on: thing.called, transaction: none, concurrency: { key: none } }"
      try await withThings(events: Things.usual.without("Ring") + "\n" + events) { platform in
        try await platform.order("wait", "lamp")
        for _ in 1...3 { try await platform.change("lamp", event: "called") }
        try await platform.until("all are worked on") { try await leased(platform) == 3 }
        try await platform.liftOrder("lamp")
        try await platform.until("all came") { try await platform.effects("Ring").count == 3 }
      }
    }

    @Test func `a field of the data can be the key`() async throws {
      let events = "  Ring: { on: thing.called, transaction: none, concurrency: { key: number } }"
      try await withThings(events: Things.usual.without("Ring") + "\n" + events) { platform in
        for thing in ["lamp", "chair"] {
          try await platform.order("wait", thing)
          for _ in 1...2 { try await platform.change(thing, event: "called") }
        }
        let busy: SQL = "select count(distinct key)::int from lakoo.pending where function = 'Ring'"
        try await platform.until("there are two keys") { try await platform.one("reader", busy, as: Int.self) == 2 }
        for thing in ["lamp", "chair"] { try await platform.liftOrder(thing) }
        try await platform.until("all came") { try await platform.effects("Ring").count == 4 }
      }
    }
  }
}
