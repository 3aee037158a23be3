import Gateway
import Runtime

/// What all workers have counted together. What a worker that has ended told last stays, so that no sum ever falls.
struct TallyLedger {
  private var ended = WorkerCounts()
  private var latest: [Int: WorkerCounts] = [:]

  /// - Parameter worker: whose counts since it began these are.
  mutating func told(_ counts: WorkerCounts, by worker: Int) { latest[worker] = counts }

  /// Nothing rises and falls in it any more.
  mutating func workerEnded(_ worker: Int) {
    guard let last = latest.removeValue(forKey: worker) else { return }
    ended.add(last)
    ended.gauges = WorkerGauges()
  }

  /// In the order of their names.
  var sums: WorkerCounts { latest.values.reduce(into: ended) { $0.add($1) } }
}

extension WorkerCounts {
  fileprivate mutating func add(_ other: WorkerCounts) {
    functions.add(other.functions, by: { "\($0.bundle)/\($0.function)" }) { $0.add($1) }
    requests.add(other.requests, by: { "\($0.name.door) \($0.name.route) \($0.name.method)" }) { $0.add($1) }
    doors.add(other.doors, by: \.name) { $0.add($1) }
    if let more = other.unsharedLimits { unsharedLimits = (unsharedLimits ?? 0) + more }
    gauges.add(other.gauges)
  }
}

extension WorkerGauges {
  fileprivate mutating func add(_ other: WorkerGauges) {
    connections += other.connections
    requests += other.requests
    invocations += other.invocations
    for (bundle, pool) in other.pools { pools[bundle, default: Pool()].add(pool) }
    lines.add(other.lines, by: { "\($0.bundle)/\($0.function)" }) { $0.waiting += $1.waiting }
    pauses.merge(other.pauses, uniquingKeysWith: +)
  }
}

extension WorkerGauges.Pool {
  fileprivate mutating func add(_ other: WorkerGauges.Pool) {
    idle += other.idle
    busy += other.busy
    waiting += other.waiting
  }
}

extension Array {
  /// Adds to each what has the same name; the sums are in the order of their names.
  fileprivate mutating func add(
    _ others: [Element], by name: (Element) -> String, _ add: (inout Element, Element) -> Void
  ) {
    var sums = Dictionary(map { (name($0), $0) }) { first, _ in first }
    for other in others {
      let name = name(other)
      guard var sum = sums[name] else {
        sums[name] = other
        continue
      }
      add(&sum, other)
      sums[name] = sum
    }
    self = sums.sorted { $0.key < $1.key }.map(\.value)
  }
}
