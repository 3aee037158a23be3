/// How often one function has run, what came of it, and how long it took.
public struct FunctionTally: Codable, Sendable, Hashable {
  /// What an outcome is counted as.
  public static let outcomes = ["2xx", "3xx", "4xx", "5xx", "done", "failed", "timeout", "other"]

  public let bundle: String
  public let function: String
  public let trigger: String
  /// By ``outcomes``.
  public private(set) var counts = Array(repeating: 0, count: outcomes.count)
  public private(set) var durations = DurationTally()

  public init(bundle: String, function: String, trigger: String) {
    self.bundle = bundle
    self.function = function
    self.trigger = trigger
  }

  public var runs: Int { durations.count }

  /// - Parameter outcome: as the log says it: an HTTP status and perhaps a code, `done`, `failed` or `timeout`.
  public mutating func add(_ outcome: String, milliseconds: UInt64) {
    counts[FunctionTally.place(of: outcome)] += 1
    durations.add(milliseconds)
  }

  private static func place(of outcome: String) -> Int {
    switch outcome.utf8.first {
    case UInt8(ascii: "2"): 0
    case UInt8(ascii: "3"): 1
    case UInt8(ascii: "4"): 2
    case UInt8(ascii: "5"): 3
    case UInt8(ascii: "d"): 4
    case UInt8(ascii: "f"): 5
    case UInt8(ascii: "t"): 6
    default: 7
    }
  }

  /// Adds what another worker has counted of the same function.
  public mutating func add(_ other: FunctionTally) {
    for place in counts.indices { counts[place] += other.counts[place] }
    durations.add(other.durations)
  }
}
