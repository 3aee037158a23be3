internal import FunctionKit
internal import Postgres

/// The columns that an insert must fill, in the tables of a schema.
struct TableColumns {
  struct Column: Decodable, Hashable {
    /// The table's OID.
    let table: Int
    /// As statements name it.
    let tableName: String
    let name: String
    /// Whether it takes no null and has nothing to fill it by itself.
    let isRequired: Bool
  }

  let all: [Column]

  static func read(_ connection: AdminConnection) async throws -> TableColumns {
    let rows = try await connection.query(
      """
      select c.oid::bigint as "table", c.relname as "tableName", a.attname as name,
        a.attnotnull and not a.atthasdef and a.attidentity = '' and a.attgenerated = '' as "isRequired"
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition
        and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'lakoo')
      order by c.relname, a.attnum
      """
    ).rows
    return TableColumns(all: try rows.map { try $0.decode(Column.self) })
  }

  /// The columns that must be filled now and did not have to be, or were not there, in tables that were there.
  func newlyRequired(since before: TableColumns) -> [Column] {
    let tables = Set(before.all.map(\.table))
    let required = Set(before.all.filter(\.isRequired).map { Place(table: $0.table, name: $0.name) })
    return all.filter {
      $0.isRequired && tables.contains($0.table) && !required.contains(Place(table: $0.table, name: $0.name))
    }
  }

  private struct Place: Hashable {
    let table: Int
    let name: String
  }
}

extension SchemaPicture {
  /// The inserts that worked in this picture and leave out a column which must be filled in the other.
  func refusedInserts(_ statements: [GuardedStatement], in after: SchemaPicture) -> [String] {
    let required = after.columns.newlyRequired(since: columns)
    if required.isEmpty { return [] }
    return statements.filter { isKnownGood($0) }.flatMap { statement in
      let inserts = insertions(in: statement.sql)
      return required.filter { column in inserts.contains { $0.leavesOut(column.name, of: column.tableName) } }.map {
        statement.says(
          "it inserts into \"\($0.tableName)\" without \"\($0.name)\", which would be not null and have no default")
      }
    }
  }

  private func isKnownGood(_ statement: GuardedStatement) -> Bool {
    if case .shape? = view(of: statement) { true } else { false }
  }
}
