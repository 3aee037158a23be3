internal import FunctionKit
internal import Postgres

extension SchemaPicture {
  /// What another picture takes from a statement that works in this one.
  func loss(of statement: GuardedStatement, in after: SchemaPicture) -> String? {
    guard case .shape(let old)? = view(of: statement) else { return nil }
    switch after.view(of: statement) {
    case .shape(let new): return changes(old, new, after.types).map(statement.says)
    case .refused(let error): return statement.says(error.message)
    case nil: return nil
    }
  }

  private func changes(_ old: StatementShape, _ new: StatementShape, _ newTypes: [UInt32: String]) -> String? {
    let parameters = zip(old.parameters, new.parameters).enumerated().compactMap { index, pair in
      change("parameter $\(index + 1)", pair.0, pair.1, newTypes)
    }
    guard old.columns.map(\.name) == new.columns.map(\.name) else {
      return "its columns would be \(list(new)) instead of \(list(old))"
    }
    let columns = zip(old.columns, new.columns).compactMap { old, new in
      change("column \"\(old.name)\"", old.type, new.type, newTypes)
    }
    let all = columns + parameters
    return all.isEmpty ? nil : all.joined(separator: ", ")
  }

  private func list(_ shape: StatementShape) -> String { shape.columns.map(\.name).joined(separator: ", ") }

  private func change(_ what: String, _ old: UInt32, _ new: UInt32, _ newTypes: [UInt32: String]) -> String? {
    guard old != new else { return nil }
    let names = (types[old] ?? "\(old)", newTypes[new] ?? "\(new)")
    return names.0 == names.1
      ? "\(what) would be of another type \(names.1)" : "\(what) would be \(names.1) instead of \(names.0)"
  }

  /// Why a statement of the release itself does not work. What is refused for other reasons is a part of a statement, or
  /// text for people.
  func brokenOwn(_ statement: GuardedStatement) -> String? {
    guard case .refused(let error)? = view(of: statement) else { return nil }
    return SchemaPicture.missing.contains(error.sqlState) ? statement.says(error.message) : nil
  }

  /// No such table, column or function.
  private static let missing: Set = ["42P01", "42703", "42883"]
}
