import FunctionKit

/// A part of a list that is ordered by creation, newest first: what follows one of its rows, or goes before it.
struct PageOf: Sendable {
  static let most = 1...50

  let limit: Int
  private let after: String?
  private let before: String?

  /// - Throws: ``Refusal``.
  init(_ limit: Int?, after: String?, before: String?) throws(Refusal) {
    guard Self.most.contains(limit ?? 10) else {
      throw .invalid([.init(path: "limit", message: "must be 1 to \(Self.most.upperBound)")])
    }
    guard after == nil || before == nil else {
      throw .invalid([.init(path: "after_id", message: "can't be given together with before_id")])
    }
    (self.limit, self.after, self.before) = (limit ?? 10, after, before)
  }

  func bounds(of table: SQL) -> SQL {
    let row: SQL = "(\(table).created, \(table).id)"
    if let after { return "\(row) < (select created, id from \(table) where id = \(after))" }
    if let before { return "\(row) > (select created, id from \(table) where id = \(before))" }
    return "true"
  }

  /// Those next to the row first.
  func order(of table: SQL) -> SQL {
    before == nil ? "\(table).created desc, \(table).id desc" : "\(table).created, \(table).id"
  }

  /// What was asked for, newest first, of rows with one more.
  func cut<Item>(_ found: [Item]) -> [Item] {
    let shown = Array(found.prefix(limit))
    return before == nil ? shown : shown.reversed()
  }
}
