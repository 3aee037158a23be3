internal import EventLoop
public import FunctionKit

/// Runs a scenario once against the real host with a PostgreSQL of its own. Nothing goes wrong but what the scenario asks
/// for, such as the faults of a sandbox.
/// - Parameter root: the project's folder; found by the file's place when not given.
/// - Throws: ``FaultFailure``, which names the seed and keeps the host's log.
@discardableResult
public func withWorld(
  seed: UInt64, root: String? = nil, file: String = #filePath,
  _ scenario: @escaping @Sendable (World) async throws -> Void
) async throws -> FaultReport {
  let host = try RunningHost(root: root, file: file)
  let places = FaultPlaces(databases: [], upstreams: [:])
  return try await onStage(host, seed, places, .plan(FaultPlan(seed: seed, odds: FaultOdds()), most: 0)) { stage in
    try await scenario(stage.world(isCalm: true))
  }
}

extension World {
  /// Waits until everything is worked through and the invariants hold. The clock moves a minute now and then meanwhile,
  /// and after long the host is killed and started anew, which ends what a lost worker still holds.
  /// - Throws: ``TestFailure`` with what does not when patience is at its end.
  public func settle(_ invariants: [Invariant] = [], patience: Duration = .seconds(120)) async throws {
    try await stage.settle(invariants, patience: patience, looksPerStart: 8 * Stage.looksPerStart)
  }

  /// The host's time.
  public func now() async throws -> Instant {
    let reply = try await send(.admin, "GET", "/clock", headers: HTTP.admin)
    guard let text = reply.json["now"]?.string, let now = Instant(text) else {
      throw TestFailure("no time in \(reply.text)")
    }
    return now
  }
}
