import FunctionKit

/// A state that knows which states may follow it.
protocol State: RawRepresentable, SQLValue, Codable, Hashable, Sendable, CaseIterable where RawValue == String {
  /// How a refusal names the thing that has this state.
  static var entity: String { get }
  var next: Set<Self> { get }
}

extension State {
  /// - Throws: ``Problem`` 409 `invalid_state` for a change that the machine does not know.
  func mustAllow(_ state: Self) throws {
    guard next.contains(state) else {
      throw Problem.invalidState(Self.entity, from: rawValue, to: state.rawValue)
    }
  }
}
