/// What a worker is there for.
enum WorkerRole: Codable, Sendable, Hashable {
  /// The ports, the way of events, and every bundle that has no workers of its own.
  case front
  /// One bundle that has workers of its own.
  case dedicated(String)
  /// The requests that a release on trial gets; the live release does what no request asks for.
  case candidate(String)

  /// The bundle that it is there for alone.
  var bundle: String? {
    switch self {
    case .front: nil
    case .dedicated(let name), .candidate(let name): name
    }
  }

  var isOnTrial: Bool { if case .candidate = self { true } else { false } }

  /// One word, for people.
  var word: String {
    switch self {
    case .front: "front"
    case .dedicated: "dedicated"
    case .candidate: "candidate"
    }
  }
}
