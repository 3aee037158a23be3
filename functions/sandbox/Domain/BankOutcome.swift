import FunctionKit

/// What a bank makes of a payout, which the account number decides, as in the provider's test mode.
enum BankOutcome: Sendable, Equatable {
  case succeeds
  case fails(String)
  /// Stays accepted, to be cancelled.
  case waits
  case bounces

  static func of(account: String) -> BankOutcome {
    switch account {
    case "123456": .fails("TEMPORARY_TRANSFER_ERROR")
    case "999999": .fails("REJECTED_BY_CHANNEL")
    case "121212": .fails("INVALID_DESTINATION")
    case "131313": .waits
    case "654321": .bounces
    default: .succeeds
    }
  }

  /// How long after its success a payout bounces.
  static let bounce: Duration = .minutes(2)
}
