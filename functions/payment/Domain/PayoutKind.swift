import FunctionKit

/// What money is paid out for.
enum PayoutKind: String, Codable, Sendable, SQLValue, CaseIterable {
  case withdrawal, refund
  case bazaarSponsorship = "bazaar_sponsorship"

  /// What is owed no longer, or spent, once the money is on its way.
  var debited: Account {
    switch self {
    case .withdrawal: .wallet
    case .refund: .refunds
    case .bazaarSponsorship: .bazaar
    }
  }
}
