import FunctionKit

enum SettlementStatus: String, State {
  /// Waits for finance.
  case calculated
  case approved
  /// Waits until somebody has looked into the seller.
  case held
  /// Too little to be paid; the next one takes it in.
  case carriedForward = "carried_forward"
  case completed

  static var entity: String { "settlement" }

  var next: Set<SettlementStatus> {
    switch self {
    case .calculated: [.approved, .held, .carriedForward]
    case .held: [.approved]
    case .approved: [.completed]
    case .carriedForward, .completed: []
    }
  }

  /// Whether its commissions are collected and its adjustments in the books.
  var isFinal: Bool { self == .completed || self == .carriedForward }

  /// The way from a new one to where a verdict leaves it.
  static func path(to verdict: SettlementSums.Verdict) -> [SettlementStatus] {
    switch verdict {
    case .calculated: [.calculated]
    case .held: [.calculated, .held]
    case .carriedForward: [.calculated, .carriedForward]
    case .completed: [.calculated, .approved, .completed]
    }
  }
}
