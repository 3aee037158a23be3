import Runtime

/// What all workers have counted together. What a worker that has ended told last stays, so that no sum ever falls.
struct TallyLedger {
  private struct Name: Hashable {
    var bundle: String
    var function: String
  }

  private var ended: [Name: FunctionTally] = [:]
  private var latest: [Int: [FunctionTally]] = [:]

  /// - Parameter worker: whose counts since it began these are.
  mutating func told(_ tallies: [FunctionTally], by worker: Int) { latest[worker] = tallies }

  mutating func workerEnded(_ worker: Int) {
    guard let last = latest.removeValue(forKey: worker) else { return }
    TallyLedger.add(last, to: &ended)
  }

  /// In the order of their names.
  var sums: [FunctionTally] {
    var sums = ended
    for tallies in latest.values { TallyLedger.add(tallies, to: &sums) }
    return sums.values.sorted { ($0.bundle, $0.function) < ($1.bundle, $1.function) }
  }

  private static func add(_ tallies: [FunctionTally], to sums: inout [Name: FunctionTally]) {
    for tally in tallies {
      let name = Name(bundle: tally.bundle, function: tally.function)
      if sums[name]?.add(tally) == nil { sums[name] = tally }
    }
  }
}
