public import FunctionKit
internal import Postgres
internal import Runtime

/// An event that the bundle has committed.
public struct CommittedEvent: Sendable {
  public let type: String
  public let subject: String
  public let data: JSON
}

extension BundleUnderTest {
  /// The outbox, oldest first.
  public func events(_ type: String? = nil) async throws -> [CommittedEvent] {
    let rows: [OutboxEvent] = try await query(
      "select seq, id, type, subject, time, trace, data from lakoo.outbox order by seq")
    return try rows.filter { type == nil || $0.type == type }.map {
      CommittedEvent(type: $0.type, subject: $0.subject, data: try JSON.parse($0.data.bytes))
    }
  }

  /// Rows of a statement, read past the bundle's functions.
  public func query<Value: Decodable>(_ statement: SQL, as type: Value.Type = Value.self) async throws -> [Value] {
    try await bundle.requirePool().read(statement, timeout: .seconds(30)).rows.map { try $0.decode(type) }
  }

  /// The only value of a statement.
  public func one<Value: Decodable>(_ statement: SQL, as type: Value.Type = Value.self) async throws -> Value {
    guard let value = try await query(statement, as: type).first else {
      throw TestSetupError("no row: \(statement.text)")
    }
    return value
  }

  /// Changes data past the bundle's functions.
  @discardableResult
  public func write(_ statement: SQL) async throws -> Int {
    try await bundle.requirePool().write(statement, timeout: .seconds(30)).affected
  }
}
