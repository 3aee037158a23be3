internal import EventLoop

/// Runs a scenario again and again, several at once, against the real host and a real PostgreSQL, while things go wrong;
/// then lets everything heal, waits until all is worked through, and checks what must hold.
///
///     try await withFaults(
///       seed: 42, faults: 300, databases: ["payment"],
///       invariants: [.zero("orders with more than one payment", in: "payment", "select count(*) from …")]
///     ) { world in
///       let reply = try await world.post("payment", "/create", body: […], headers: HTTP.service, key: "…")
///       …
///     }
///
/// - Parameters:
///   - seed: decides which fault happens where; the same one decides the same.
///   - faults: after how many it is enough.
///   - databases: bundles whose sessions are cut. With none, the host runs its own PostgreSQL, which dies with it.
///   - upstreams: what stands between the platform and a provider, by its name in `needs.outbound`.
///   - atOnce: how many runs of the scenario are under way at a time.
///   - patience: how long it may take until all that must hold does.
///   - scenario: must take it that a request is never answered; after the faults it runs once more in peace.
/// - Throws: ``FaultFailure``, which names the seed, what went wrong and what does not hold.
@discardableResult
public func withFaults(
  seed: UInt64 = .random(in: 1...999_999), faults: Int, odds: FaultOdds = FaultOdds(), databases: [String] = [],
  upstreams: [String: UpstreamFaults] = [:], atOnce: Int = 4, patience: Duration = .seconds(120),
  invariants: [Invariant], root: String? = nil,
  file: String = #filePath, _ scenario: @escaping @Sendable (World) async throws -> Void
) async throws -> FaultReport {
  let plan = FaultPlan(seed: seed, odds: odds)
  let places = FaultPlaces(databases: databases, upstreams: upstreams)
  let host = try RunningHost(root: root, file: file)
  return try await onStage(host, seed, places, .plan(plan, most: faults)) { stage in
    stage.course.value.isOn = true
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await stage.shake() }
      for _ in 0..<atOnce {
        group.addTask { while !stage.course.value.isOver { try await scenario(stage.world()) } }
      }
      // Ends the others as soon as one fails.
      for try await _ in group {}
    }
    stage.course.value.isOn = false
    try await stage.settle(invariants, patience: patience)
    try await scenario(stage.world(isCalm: true))
    try await stage.settle(invariants, patience: patience)
  }
}
