import EventLoop
import FunctionKit
import Postgres
import Testing

/// The SQLSTATE that the body fails with, nil when it succeeds.
func sqlState(_ body: () async throws -> Void) async -> String? {
  do { try await body() } catch let error as DatabaseError { return error.sqlState } catch { return "\(error)" }
  return nil
}

extension PostgresPool {
  func one<Value: Decodable>(_ sql: SQL, as type: Value.Type = Value.self) async throws -> Value {
    try #require(try await read(sql, timeout: .seconds(60)).rows.first).decode()
  }

  /// A fresh table; the name must not be used by another test.
  func table(_ name: String, _ columns: String) async throws {
    _ = try await write(SQL(stringLiteral: "drop table if exists \(name)"))
    _ = try await write(SQL(stringLiteral: "create table \(name)(\(columns))"))
  }

  func count(_ table: String) async throws -> Int { try await one(SQL(stringLiteral: "select count(*) from \(table)")) }
}

/// Waits until the condition holds, at most five seconds.
func eventually(_ loop: EventLoop, _ condition: () async throws -> Bool) async throws {
  for _ in 0..<500 {
    if try await condition() { return }
    try await loop.sleep(for: .milliseconds(10))
  }
  Issue.record("it never happened")
}
