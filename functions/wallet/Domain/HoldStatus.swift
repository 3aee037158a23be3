import FunctionKit

/// What became of money that was set aside.
enum HoldStatus: String, State {
  case active, captured, released, expired

  static var entity: String { "hold" }

  var next: Set<HoldStatus> { self == .active ? [.captured, .released, .expired] : [] }
}

/// What money is set aside for.
enum HoldPurpose: String, SQLValue, Codable, Sendable, CaseIterable {
  case payment, withdrawal
}
