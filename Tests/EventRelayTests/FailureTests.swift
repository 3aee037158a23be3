import EventLoop
import EventRelay
import FunctionKit
import Postgres
import RelayTesting
import Runtime
import Testing

extension `Event relay` {
  @Suite struct `Failures` {
    @Test func `a relay that dies before it saves its cursor delivers again, and nothing happens twice`() async throws {
      try await withThings(hosts: 2, isStarted: false) { platform in
        for _ in 1...5 { try await platform.change("lamp") }
        let first = platform.host
        first.relay.start()
        try await platform.until("they were delivered") {
          try await platform.one("reader", "select count(*)::int from lakoo.inbox", as: Int.self) == 10
        }
        await first.relay.stop()
        try await platform.write("reader", "update lakoo.subscription set low = '1:1:', high = '1:1:', seq = 0")
        first.dispatcher.start()
        try await platform.untilIdle()
        platform.hosts[1].start()
        try await platform.change("lamp")
        try await platform.until("the new one came") { try await platform.numbers("Note", of: "lamp").contains(6) }
        try await platform.untilIdle()
        #expect(try await platform.numbers("Note", of: "lamp") == [1, 2, 3, 4, 5, 6])
        #expect(try await platform.numbers("Count", of: "lamp") == [1, 2, 3, 4, 5, 6])
      }
    }

    @Test func `two hosts on the same databases do everything once`() async throws {
      try await withThings(hosts: 2) { platform in
        try await withThrowingTaskGroup { group in
          for task in 0..<4 {
            group.addTask {
              for _ in 0..<50 {
                try await platform.hosts[task % 2].call(
                  "Change", of: "writer", body: ["thing": .string("thing\(task)")])
              }
            }
          }
          try await group.waitForAll()
        }
        try await platform.until("all have come") { try await platform.effects().count >= 400 }
        try await platform.settle()
        for task in 0..<4 {
          #expect(try await platform.numbers("Note", of: "thing\(task)") == Array(1...50))
          #expect(try await platform.numbers("Count", of: "thing\(task)") == Array(1...50))
        }
      }
    }

    @Test func `items of functions that are no more hold up nobody`() async throws {
      try await withThings(isStarted: false) { platform in
        try await platform.write(
          "reader",
          """
          insert into lakoo.pending (function, key, seq, id, due_at)
          select 'Gone', 'thing' || number, number, gen_random_uuid(), '2020-01-01' from generate_series(1, 1000) number
          """)
        platform.start()
        try await platform.change("lamp")
        try await platform.until("it came", within: .seconds(5)) { try await platform.effects().count == 2 }
      }
    }

    @Test func `a handler with its own transactions is set aside, and taken over when its host died`() async throws {
      try await withThings(hosts: 2, isStarted: false) { platform in
        let (dying, other) = (platform.hosts[0], platform.hosts[1])
        dying.start()
        try await platform.order("wait", "lamp")
        try await platform.change("lamp", event: "called")
        try await platform.until("it is leased") {
          try await platform.inbox("Ring", of: "lamp").contains { $0.wait > 60 }
        }
        other.start()
        try await platform.settle()
        #expect(try await platform.effects("Ring").isEmpty)
        // What it leaves: a lease, and nobody who works under it. Being cut off is no attempt.
        await dying.close()
        #expect(try await platform.inbox("Ring", of: "lamp").first?.attempts == 0)
        try await platform.liftOrder("lamp")
        platform.advance(by: .seconds(55))
        try await platform.settle()
        #expect(try await platform.effects("Ring").isEmpty)
        platform.advance(by: .seconds(11))
        try await platform.until("it was taken over") { try await platform.numbers("Ring", of: "lamp") == [1] }
        try await platform.untilIdle()
        #expect(try await platform.numbers("Ring", of: "lamp") == [1])
      }
    }
  }
}
