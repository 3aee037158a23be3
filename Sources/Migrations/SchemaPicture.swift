internal import FunctionKit
internal import Postgres

/// What statements take and give in a schema, and which columns an insert must fill: the schema at one moment.
struct SchemaPicture {
  enum View {
    case shape(StatementShape)
    case refused(DatabaseError)
  }

  /// By the statement's text.
  private var views: [String: View] = [:]
  /// The names of the types in them, by OID.
  private(set) var types: [UInt32: String] = [:]
  let columns: TableColumns

  /// Looks at the schema in the open transaction, which goes on as it was.
  static func take(_ connection: AdminConnection, _ statements: [GuardedStatement]) async throws -> SchemaPicture {
    var picture = SchemaPicture(columns: try await TableColumns.read(connection))
    if statements.isEmpty { return picture }
    try await connection.execute(script: "savepoint picture")
    for statement in statements where picture.views[statement.sql] == nil {
      picture.views[statement.sql] = try await view(statement.sql, connection)
    }
    // Whoever works with the tables must not wait for what was only looked at.
    try await connection.execute(script: "rollback to picture; release picture")
    picture.types = try await typeNames(of: picture.oids, connection)
    return picture
  }

  private static func view(_ sql: String, _ connection: AdminConnection) async throws -> View {
    do { return .shape(try await connection.describe(sql)) } catch let error as DatabaseError where !error.isUnavailable
    {
      try await connection.execute(script: "rollback to picture")
      return .refused(error)
    }
  }

  private var oids: Set<UInt32> {
    views.values.reduce(into: []) { oids, view in
      if case .shape(let shape) = view { oids.formUnion(shape.parameters + shape.columns.map(\.type)) }
    }
  }

  private static func typeNames(
    of oids: Set<UInt32>, _ connection: AdminConnection
  ) async throws -> [UInt32: String] {
    struct Columns: Decodable {
      let oid: Int
      let name: String
    }
    let rows = try await connection.query(
      """
      select oid::bigint as oid, format_type(oid, null) as name from unnest(\(oids.map(Int.init))::oid[]) oid
      """
    ).rows
    let types = try rows.map { try $0.decode(Columns.self) }
    return Dictionary(types.map { (UInt32($0.oid), $0.name) }) { first, _ in first }
  }

  /// Nil for a statement that was not asked about.
  func view(of statement: GuardedStatement) -> View? { views[statement.sql] }
}
