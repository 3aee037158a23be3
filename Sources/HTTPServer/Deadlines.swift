/// When each open connection runs out of time: one number per connection, side by side, so that ten thousand idle ones
/// are looked through in microseconds and no connection needs a timer of its own.
struct Deadlines {
  private var times: ContiguousArray<UInt64> = []
  private var connections: ContiguousArray<Connection?> = []
  private var free: [Int] = []

  static let never = UInt64.max

  var all: [Connection] { connections.compactMap(\.self) }

  mutating func add(_ connection: Connection) -> Int {
    if let slot = free.popLast() {
      connections[slot] = connection
      return slot
    }
    connections.append(connection)
    times.append(Self.never)
    return connections.count - 1
  }

  mutating func remove(_ slot: Int) {
    connections[slot] = nil
    times[slot] = Self.never
    free.append(slot)
  }

  mutating func set(_ slot: Int, _ time: UInt64) { times[slot] = time }

  /// The connections whose time is over.
  func expired(at now: UInt64) -> [Connection] {
    var expired: [Connection] = []
    for slot in times.indices where times[slot] <= now {
      if let connection = connections[slot] { expired.append(connection) }
    }
    return expired
  }
}
