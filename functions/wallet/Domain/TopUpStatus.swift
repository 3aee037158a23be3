import FunctionKit

/// What became of money that somebody wants to put in.
enum TopUpStatus: String, State {
  case pending, paid, expired, failed, cancelled

  static var entity: String { "top-up" }

  /// The payment service says `paid` only of money that it has booked for us, so it counts even after the end.
  var next: Set<TopUpStatus> {
    switch self {
    case .pending: [.paid, .expired, .failed, .cancelled]
    case .expired, .failed, .cancelled: [.paid]
    case .paid: []
    }
  }
}

/// How much may be put in, in rupiah.
enum TopUpPolicy {
  static let amounts = 10_000...20_000_000
  /// How much cash a buyer may have after it.
  static let ceiling = 20_000_000
  static let life: Duration = .hours(24)
  static let bonusLife: Duration = .days(30)
}
