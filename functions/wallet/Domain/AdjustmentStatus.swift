import FunctionKit

/// What became of a correction that somebody asked for.
enum AdjustmentStatus: String, State {
  case pending, applied, rejected

  static var entity: String { "adjustment" }

  var next: Set<AdjustmentStatus> { self == .pending ? [.applied, .rejected] : [] }
}

/// Where a correction goes to or comes from.
enum Bucket: String, SQLValue, Codable, Sendable, CaseIterable {
  case cash, promo
}

/// Who may correct how much, in rupiah either way.
enum AdjustmentPolicy {
  static let most = 1_000_000_000
  static let ofSupport = 100_000
  /// Beyond this a second person has to agree.
  static let ofOne = 1_000_000

  /// Whether it needs nobody else's consent.
  static func appliesAtOnce(_ amount: Int, roles: Set<Caller.Role>) -> Bool {
    isFinance(roles) && abs(amount) <= ofOne
  }

  static func isFinance(_ roles: Set<Caller.Role>) -> Bool { !roles.isDisjoint(with: [.financeAdmin, .admin]) }
}
