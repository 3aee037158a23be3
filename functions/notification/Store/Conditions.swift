import FunctionKit

extension SQL {
  /// All of some conditions. Each has its own statement's text, so that the database plans for what was asked.
  static func all(_ conditions: [SQL]) -> SQL {
    conditions.reduce("true") { "\($0) and \($1)" }
  }

  /// Nothing for what was not asked for.
  static func equal(_ column: SQL, _ value: (some SQLValue)?) -> [SQL] {
    value.map { ["\(column) = \($0)"] } ?? []
  }

  /// Rows whose id was made in a time: ids begin with when they were made, and so their index finds them.
  /// - Parameter end: not part of it.
  static func made(_ id: SQL, from begin: Instant?, to end: Instant?) -> [SQL] {
    let from: [SQL] = begin.map { ["\(id) >= \(ID(at: $0, random: (0, 0)))"] } ?? []
    return from + (end.map { ["\(id) < \(ID(at: $0, random: (0, 0)))"] } ?? [])
  }
}
