import EventLoop
import FunctionKit
import Postgres
import RelayTesting
import Testing

extension `Event relay` {
  @Suite struct `Outages` {
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
        #expect(try await platform.inbox("Note", of: "lamp").allSatisfy { $0.status == "done" })
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

    @Test func `an outbox from another server is not passed over in silence, and can be mended`() async throws {
      try await withThings { platform in
        try await platform.change("lamp")
        try await platform.until("the first came") { try await platform.effects().count == 2 }
        try await platform.write(
          "reader", "update lakoo.subscription set low = '900000000:900000000:', high = '900000000:900000000:'")
        try await platform.setConnections(try #require(platform.databases["reader"]), isAllowed: false)
        try await platform.setConnections(try #require(platform.databases["reader"]), isAllowed: true)
        try await platform.change("lamp")
        try await platform.settle()
        #expect(try await platform.effects().count == 2)
        try await platform.write("reader", "update lakoo.subscription set low = '1:1:', high = '1:1:'")
        try await platform.settle()
        #expect(try await platform.effects().count == 2, "it is not forgotten when the server has caught up")
        try await platform.write("writer", "update lakoo.outbox set xid = pg_current_xact_id()")
        try await platform.write("writer", "update lakoo.outbox_state set epoch = epoch + 1, is_ahead = false")
        try await platform.until("it came") { try await platform.effects().count == 4 }
        try await platform.settle()
        #expect(try await platform.effects().count == 4, "what was known already is dropped")
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
