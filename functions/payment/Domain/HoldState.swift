import FunctionKit

/// Where a payment's wallet money is.
enum HoldState: String, State {
  /// The wallet pays nothing.
  case none
  /// To be set aside; whether it is already, only the wallet knows.
  case wanted
  case held
  /// All else is there: to be taken. From here the payment is paid, or it fails and gives back what the provider took.
  case due
  case taken
  /// To be set free.
  case releasing
  case released

  static var entity: String { "wallet_hold" }

  var next: Set<HoldState> {
    switch self {
    case .wanted: [.held, .releasing]
    case .held: [.due, .releasing]
    case .due: [.taken, .released]
    case .releasing: [.released]
    // It was set aside after all, by a request that was slow.
    case .released: [.releasing]
    case .none, .taken: []
    }
  }

  /// Whether the payment has ended without it, should it end now.
  var isOpen: Bool { self == .wanted || self == .held }
}
