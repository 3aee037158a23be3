import EventLoop
import FunctionKit
import LoopTesting
import Migrations
import Postgres
import PostgresTesting
import Testing

@Suite struct `The host's own tables` {
  @Test func `keep a relay's place when its cursor becomes snapshots`() async throws {
    let server = try await TestServer.shared
    try await withLoop { loop in
      let address = server.connectionString("platform_schema")
      try await AdminConnection.createDatabaseIfMissing(loop, connectionString: address)
      let connection = try await AdminConnection(loop, connectionString: address)
      defer { connection.close() }
      let migrator = Migrator(connection)
      try await migrator.migrate(bundle: "lakoo", Array(PlatformSchema.migrations.prefix(1)))
      _ = try await connection.query(
        "insert into lakoo.relay_cursor (name, low, high, seq) values ('local', '740', '750', 12), ('new', '0', '0', 0)")
      try await migrator.migrate(bundle: "lakoo", PlatformSchema.migrations)
      let cursors = try await connection.query("select concat(low, ' ', high, ' ', seq) from lakoo.relay_cursor order by 1")
      #expect(try cursors.rows.map { try $0.decode(String.self) } == ["1:1: 1:1: 0", "740:740: 750:750: 12"])
    }
  }
}
