/// Whom an upstream's requests reach in the end, and which faults they meet on the way.
public enum UpstreamFaults: Sendable {
  /// Calls of the platform to a provider: refused, cut off, answered 500 or 429, slow.
  case calls(to: Door)
  /// Deliveries of a provider to the platform: twice, renamed, late, overtaken, lost.
  case deliveries(to: Door)

  var door: Door {
    switch self {
    case .calls(let door), .deliveries(let door): door
    }
  }
}

/// Where faults are wanted.
struct FaultPlaces: Sendable {
  /// Bundles whose database sessions are cut. With none, the host runs its own PostgreSQL, which dies with it.
  var databases: [String]
  /// By name, as in `needs.outbound`.
  var upstreams: [String: UpstreamFaults]
}
