import FunctionKit

enum PayoutStatus: String, State {
  /// Recorded here; whether the provider has it is not known.
  case creating
  /// The provider has it, and holds the money for it.
  case accepted
  case succeeded, failed
  /// The bank sent it back after it had, or seemed to have, arrived.
  case reversed
  case cancelled

  static var entity: String { "payout" }

  var next: Set<PayoutStatus> {
    switch self {
    case .creating: [.accepted, .failed]
    case .accepted: [.succeeded, .failed, .cancelled, .reversed]
    case .succeeded: [.reversed]
    case .failed: [.creating]
    case .reversed, .cancelled: []
    }
  }
}
