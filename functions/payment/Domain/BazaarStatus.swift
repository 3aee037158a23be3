import FunctionKit

enum BazaarStatus: String, State {
  case requested, approved
  /// The money is on its way.
  case processing
  case paid, failed, cancelled

  static var entity: String { "bazaar_sponsorship" }

  /// A bank may send back what had arrived, and then nobody is paid.
  var next: Set<BazaarStatus> {
    switch self {
    case .requested: [.approved, .cancelled]
    case .approved, .failed: [.processing]
    case .processing: [.paid, .failed]
    case .paid: [.failed]
    case .cancelled: []
    }
  }
}
