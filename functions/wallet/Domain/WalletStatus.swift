import FunctionKit

/// What a wallet may be used for.
enum WalletStatus: String, State {
  case active
  /// Takes credits only.
  case frozen
  /// Takes credits only, and its user does not see it.
  case suspended
  case closed

  static var entity: String { "wallet" }

  /// A later credit opens a closed one again.
  var next: Set<WalletStatus> {
    switch self {
    case .active: [.frozen, .suspended, .closed]
    case .frozen: [.active, .suspended, .closed]
    case .suspended: [.active, .frozen]
    case .closed: [.active]
    }
  }

  /// - Throws: ``Problem`` 409 `wallet_frozen` unless money may leave or be set aside.
  func mustAllowSpending() throws {
    guard self == .active else {
      throw Problem(409, "wallet_frozen", "The wallet is \(rawValue): money can come in, but not go out.")
    }
  }
}

/// Whose money it is: what somebody buys with, or what somebody has sold.
enum WalletKind: String, SQLValue, Codable, Sendable, CaseIterable {
  case buyer, seller
}
