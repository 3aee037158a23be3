/// The faults of a run as they come: asks the plan, or the search, at each place, and keeps the log.
struct FaultCourse: Sendable {
  enum Source: Sendable {
    case plan(FaultPlan, most: Int)
    case search(CutSearch)
  }

  private(set) var source: Source
  private(set) var log = FaultLog()
  /// Faults happen only while it is on: not while the host starts, and not any more once all is to heal.
  var isOn = false
  private var statements = 0
  private var calls = 0
  private var deliveries = 0
  private var asked = -1

  init(_ source: Source) { self.source = source }

  /// Whether there have been as many faults as were asked for.
  var isOver: Bool {
    if case .plan(_, let most) = source { log.count >= most } else { false }
  }

  mutating func cut(at statement: Statement) -> Cut? {
    guard isOn, !isOver else { return nil }
    statements += 1
    let cut: Cut?
    switch source {
    case .plan(let plan, _): cut = plan.cut(atStatement: statements)
    case .search(var search):
      cut = search.cut(at: statement)
      source = .search(search)
    }
    if let cut { log.add(.statement(cut), "statement \(statements), \(statement)") }
    return cut
  }

  mutating func fault(ofCall what: String) -> CallFault? {
    guard isOn, !isOver, case .plan(let plan, _) = source else { return nil }
    calls += 1
    let fault = plan.fault(ofCall: calls)
    if let fault { log.add(.call(fault), "call \(calls), \(what)") }
    return fault
  }

  mutating func fault(ofDelivery what: String) -> DeliveryFault? {
    guard isOn, !isOver, case .plan(let plan, _) = source else { return nil }
    deliveries += 1
    let fault = plan.fault(ofDelivery: deliveries)
    if let fault { log.add(.delivery(fault), "delivery \(deliveries), \(what)") }
    return fault
  }

  /// What is to follow the faults since the last time it was asked.
  mutating func nextUpheaval() -> (upheaval: Upheaval, pause: Duration)? {
    guard !isOver, case .plan(let plan, _) = source else { return nil }
    while asked < log.count {
      asked += 1
      if let next = plan.upheaval(afterFault: asked) { return next }
    }
    return nil
  }

  mutating func happened(_ upheaval: Upheaval, _ what: String) { log.add(.host(upheaval), what) }
  mutating func note(_ what: String) { log.note(what) }

  // MARK: Rounds of a search

  mutating func beginRound() {
    guard case .search(var search) = source else { return }
    search.beginRound()
    source = .search(search)
  }

  var hasCut: Bool {
    if case .search(let search) = source { search.hasCut } else { false }
  }
}
