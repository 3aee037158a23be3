public import Runtime

/// The answers that requests of one route have got.
public struct RequestTally: Codable, Sendable, Hashable {
  public struct Name: Codable, Sendable, Hashable {
    /// `gateway`, or the service whose own port it is.
    public let door: String
    /// Empty, as the route is, for requests that no route takes.
    public let method: String
    /// As the manifest writes it, so that there are never more names than routes.
    public let route: String
  }

  public let name: Name
  /// Of statuses 1xx to 5xx.
  public private(set) var classes = [0, 0, 0, 0, 0]
  /// Those that the host answered itself with a problem, by its code.
  public internal(set) var refusals: [String: Int] = [:]

  init(_ name: Name) { self.name = name }

  public var count: Int { classes.reduce(0, +) }

  mutating func add(status: Int, refusal: String?) {
    classes[min(max(status / 100, 1), 5) - 1] += 1
    if let refusal { refusals[refusal, default: 0] += 1 }
  }

  /// Adds what another worker has counted of the same route.
  public mutating func add(_ other: RequestTally) {
    for place in classes.indices { classes[place] += other.classes[place] }
    refusals.merge(other.refusals, uniquingKeysWith: +)
  }
}

/// How long requests of one door have taken, whoever answered them.
public struct DoorTally: Codable, Sendable, Hashable {
  public let name: String
  public private(set) var durations = DurationTally()

  init(_ name: String) { self.name = name }

  mutating func add(milliseconds: UInt64) { durations.add(milliseconds) }

  /// Adds what another worker has counted of the same door.
  public mutating func add(_ other: DoorTally) { durations.add(other.durations) }
}
