import FunctionKit

/// What became of cashback that an order has earned.
enum AwardStatus: String, State {
  case pending, credited, cancelled, expired

  static var entity: String { "cashback" }

  var next: Set<AwardStatus> { self == .pending ? [.credited, .cancelled, .expired] : [] }
}
