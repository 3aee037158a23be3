internal import EventLoop

/// Runs a flow again and again, each time cutting one database session at a statement that was not cut before, in each of
/// the three ways, until there is none left; after each run everything must heal and hold.
/// - Parameters:
///   - share: the part of all places that is tried, chosen by the seed; 1 for every one.
///   - patience: how long it may take, after each run, until all that must hold does.
///   - flow: one run; it should get to its end whatever is cut.
/// - Throws: ``FaultFailure``.
@discardableResult
public func withEveryCut(
  seed: UInt64 = .random(in: 1...999_999), share: Double = 1, databases: [String],
  upstreams: [String: UpstreamFaults] = [:], patience: Duration = .seconds(120), invariants: [Invariant],
  root: String? = nil, file: String = #filePath,
  _ flow: @escaping @Sendable (World) async throws -> Void
) async throws -> FaultReport {
  let places = FaultPlaces(databases: databases, upstreams: upstreams)
  let host = try RunningHost(root: root, file: file)
  return try await onStage(host, seed, places, .search(CutSearch(seed: seed, share: share))) { stage in
    var quiet = 0
    // Once more after the first round without a cut: jobs in the background don't run in each.
    while quiet < 2 {
      stage.course.value.beginRound()
      stage.course.value.isOn = true
      try await flow(stage.world())
      try await stage.settle(invariants, patience: patience)
      stage.course.value.isOn = false
      quiet = stage.course.value.hasCut ? 0 : quiet + 1
    }
  }
}
