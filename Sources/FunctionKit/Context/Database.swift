/// The bundle's database, as one invocation sees it.
public struct Database: Sendable {
  let session: any DatabaseSession

  /// For the host and for tests; functions get theirs from ``Context``.
  public init(_ session: any DatabaseSession) { self.session = session }

  /// Runs a statement.
  /// - Returns: how many rows it touched.
  @discardableResult
  public func run(_ statement: SQL) async throws -> Int { try await session.run(statement).affected }

  /// All rows.
  public func all<Value: Decodable>(_ statement: SQL, as type: Value.Type = Value.self) async throws -> [Value] {
    try await session.run(statement).rows.map { try $0.decode(type) }
  }

  /// The first row, nil when there is none.
  public func first<Value: Decodable>(_ statement: SQL, as type: Value.Type = Value.self) async throws -> Value? {
    try await session.run(statement).rows.first?.decode(type)
  }

  /// The only row of a statement that always gives one, such as a count.
  /// - Throws: `DecodingError` when there is none.
  public func one<Value: Decodable>(_ statement: SQL, as type: Value.Type = Value.self) async throws -> Value {
    guard let value = try await first(statement, as: type) else {
      throw DecodingError.valueNotFound(type, .init(codingPath: [], debugDescription: "the statement gave no row"))
    }
    return value
  }
}

/// A transaction that a function opened itself.
public struct Transaction: Sendable {
  let session: any DatabaseSession

  /// For the host and for tests; functions get theirs from ``Context``.
  public init(_ session: any DatabaseSession) { self.session = session }

  public var db: Database { Database(session) }

  /// Announces a fact, if and only if this transaction commits.
  public func emit(_ event: some Event) async throws { try await session.emit(EmittedEvent(event)) }
}

/// A statement that PostgreSQL refused.
public struct DatabaseError: Error, Sendable, Equatable {
  /// The five-character code, or `08006` when the connection was lost.
  public let sqlState: String
  /// PostgreSQL's own words, without the statement's arguments.
  public let message: String
  public let constraint: String?

  public init(sqlState: String, message: String, constraint: String? = nil) {
    self.sqlState = sqlState
    self.message = message
    self.constraint = constraint
  }

  public var isUniqueViolation: Bool { sqlState == "23505" }
  /// The database could not be reached or went away; what was running has not committed, or nobody can tell.
  public var isUnavailable: Bool { sqlState.hasPrefix("08") || sqlState.hasPrefix("57P") || sqlState == "53300" }
  /// The same transaction may well succeed when it is run again.
  public var isTransient: Bool { isUnavailable || sqlState == "40001" || sqlState == "40P01" || sqlState == "55P03" }
  /// The deadline ran out inside a statement.
  public var isCancelled: Bool { sqlState == "57014" }
}
