import EventLoop
import EventRelay
import FunctionKit
import EventTesting
import Postgres
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
        try await platform.write("writer", "update lakoo.relay_cursor set low = '1:1:', high = '1:1:', seq = 0")
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

    @Test func `events wait while the listener's database is away`() async throws {
      try await withThings { platform in
        try await platform.change("lamp")
        try await platform.until("the first came") { try await platform.effects().count == 2 }
        let database = try #require(platform.databases["reader"])
        try await platform.setConnections(database, isAllowed: false)
        for _ in 1...3 { try await platform.change("lamp") }
        try await platform.settle()
        try await platform.setConnections(database, isAllowed: true)
        try await platform.until("they came") {
          do { return try await platform.effects().count == 8 } catch { return false }
        }
        #expect(try await platform.numbers("Note", of: "lamp") == [1, 2, 3, 4])
        #expect(try await platform.inbox("Note", of: "lamp").allSatisfy { $0.attempts == 1 })
      }
    }

    @Test func `items of functions that are no more hold up nobody`() async throws {
      try await withThings(isStarted: false) { platform in
        try await platform.write(
          "reader",
          """
          insert into lakoo.inbox (id, function, type, source, subject, time, data, next_attempt_at)
          select gen_random_uuid(), 'Gone', 'thing.gone', '/services/writer', 'thing' || number, now(), '{}', '2020-01-01'
          from generate_series(1, 100) number
          """)
        platform.start()
        try await platform.change("lamp")
        try await platform.until("it came", within: .seconds(5)) { try await platform.effects().count == 2 }
      }
    }

    @Test func `a listener's database that is away does not keep a batch from the others`() async throws {
      try await withPlatform(Things.bundles() + [Things.second()]) { platform in
        let database = try #require(platform.databases["reader"])
        platform.start()
        try await platform.setConnections(database, isAllowed: false)
        try await platform.change("lamp")
        try await platform.until("the other one heard") {
          try await platform.one("second", "select count(*)::int from effect", as: Int.self) == 1
        }
        try await platform.setConnections(database, isAllowed: true)
        try await platform.until("it came") {
          do { return try await platform.effects().count == 2 } catch { return false }
        }
        try await platform.settle()
        #expect(try await platform.one("second", "select count(*)::int from effect", as: Int.self) == 1)
      }
    }

    @Test func `a handler with its own transactions is set aside, and taken over when its host died`() async throws {
      try await withThings(hosts: 2, isStarted: false) { platform in
        let (dying, other) = (platform.hosts[0], platform.hosts[1])
        dying.start()
        try await platform.order("wait", "lamp")
        try await platform.change("lamp", event: "called")
        try await platform.until("it is leased") { (try await platform.inbox("Ring", of: "lamp").first?.wait ?? 0) > 60 }
        other.start()
        try await platform.order("go", "other")
        try await platform.settle()
        #expect(try await platform.effects("Ring").isEmpty)
        dying.services.inFlight.close()
        try await platform.until("the attempt ended") { try await platform.inbox("Ring", of: "lamp").first?.attempts == 1 }
        // What a host leaves that dies in the middle: a lease, and nobody who works under it.
        try await platform.write(
          "reader",
          "update lakoo.inbox set attempts = 0, next_attempt_at = \(platform.clock.now + .seconds(65)) where function = 'Ring'")
        try await platform.liftOrder("lamp")
        platform.advance(by: .seconds(60))
        try await platform.settle()
        #expect(try await platform.effects("Ring").isEmpty)
        platform.advance(by: .seconds(6))
        try await platform.until("it was taken over") { try await platform.numbers("Ring", of: "lamp") == [1] }
        try await platform.untilIdle()
        #expect(try await platform.numbers("Ring", of: "lamp") == [1])
      }
    }
  }
}

extension Platform {
  /// Takes a database away, with everybody who is in it, or gives it back.
  func setConnections(_ database: String, isAllowed: Bool) async throws {
    try await write("writer", SQL(stringLiteral: "alter database \(database) with allow_connections \(isAllowed)"))
    guard !isAllowed else { return }
    _ = try await one(
      "writer", "select count(pg_terminate_backend(pid))::int from pg_stat_activity where datname = \(database)",
      as: Int.self)
  }
}
