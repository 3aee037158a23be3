/// Counts crashes by function, and says which functions must not run any more.
struct CrashLedger: Sendable {
  struct Function: Hashable, Codable, Sendable, Comparable {
    var bundle: String
    var function: String

    var name: String { "\(bundle)/\(function)" }
    static func < (one: Function, other: Function) -> Bool { one.name < other.name }
  }

  struct Quarantine: Codable, Sendable {
    var function: Function
    /// Seconds since 1970.
    var since: Int64
    var release: String
    var crashes: Int
  }

  /// So many crashes within so many seconds are too many.
  static let limit = 3
  static let window: Int64 = 60

  private(set) var quarantined: [Quarantine]
  private var times: [Function: [Int64]] = [:]

  init(quarantined: [Quarantine] = []) { self.quarantined = quarantined }

  /// - Returns: whether this was the crash that puts the function into quarantine.
  mutating func crashed(_ function: Function, release: String, at second: Int64) -> Bool {
    var recent = (times[function] ?? []).filter { $0 > second - CrashLedger.window }
    recent.append(second)
    times[function] = recent
    guard recent.count >= CrashLedger.limit, !contains(function) else { return false }
    quarantined.append(Quarantine(function: function, since: second, release: release, crashes: recent.count))
    return true
  }

  func contains(_ function: Function) -> Bool { quarantined.contains { $0.function == function } }

  /// - Returns: whether it was in quarantine.
  mutating func lift(_ function: Function) -> Bool {
    let isKnown = contains(function)
    quarantined.removeAll { $0.function == function }
    times[function] = nil
    return isKnown
  }

  /// A new release of a bundle begins with a clean record.
  mutating func lift(bundle: String) {
    quarantined.removeAll { $0.function.bundle == bundle }
    times = times.filter { $0.key.bundle != bundle }
  }

  var names: [String] { quarantined.map(\.function.name).sorted() }
}
