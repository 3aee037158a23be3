internal import FunctionKit

/// What a statement takes and gives, as the server sees it in the present schema.
public struct StatementShape: Sendable, Hashable {
  public struct Column: Sendable, Hashable {
    public let name: String
    /// The type's OID.
    public let type: UInt32
  }

  /// The types' OIDs of `$1`, `$2` …
  public let parameters: [UInt32]
  public let columns: [Column]
}

extension AdminConnection {
  /// Has the server parse a statement, without running it.
  /// - Throws: ``DatabaseError`` for one that can't be run in the present schema.
  public func describe(_ sql: String) async throws -> StatementShape {
    try await parse(sql)
    return try await describeParsed()
  }
}
