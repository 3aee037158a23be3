/// What was made to go wrong, in order.
public struct FaultLog: Sendable {
  public private(set) var lines: [String] = []
  public private(set) var counts: [Fault: Int] = [:]

  /// How many faults there were.
  public var count: Int { counts.values.reduce(0, +) }

  mutating func add(_ fault: Fault, _ place: String) {
    counts[fault, default: 0] += 1
    lines.append("\(count). \(fault): \(place)")
  }

  /// Something worth knowing that is no fault.
  mutating func note(_ what: String) { lines.append("   \(what)") }

  /// Every kind with its count, most frequent first.
  public var summary: String {
    counts.sorted { ($1.value, $0.key.description) < ($0.value, $1.key.description) }.map { "\($0.key) \($0.value)" }
      .joined(separator: ", ")
  }
}
