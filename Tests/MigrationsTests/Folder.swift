import EventLoop
import Foundation
import FunctionKit
import Migrations
import Postgres
import PostgresTesting
import Testing

/// A folder of migrations that is removed after the test.
final class Folder: Sendable {
  let path = "/tmp/lakoo-migrations-\(getpid())-\(UInt32.random(in: 0 ... .max))"

  init(_ files: [String: String] = [:]) throws {
    try FileManager.default.createDirectory(atPath: "\(path)/data", withIntermediateDirectories: true)
    for (name, text) in files { try write(name, text) }
  }

  deinit { do { try FileManager.default.removeItem(atPath: path) } catch { Issue.record(error) } }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
  }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }

  func load() throws -> [Migration] { try Migration.load(directory: path) }
}

/// What the body is refused with.
func refusal(_ body: () async throws -> Void) async -> String {
  do { try await body() } catch { return "\(error)" }
  return "it was not refused"
}

extension PostgresPool {
  func connect() async throws -> AdminConnection {
    try await AdminConnection(loop, connectionString: TestServer.shared.connectionString(database(of: self)))
  }
}

private func database(of pool: PostgresPool) async throws -> String {
  try #require(try await pool.read("select current_database()").rows.first).decode()
}
