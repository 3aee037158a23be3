internal import EventLoop

/// Flushes, at the end of each turn of the loop, the connections that got something to send in it: many statements, one
/// system call.
final class TurnEnd {
  private var waiting: [PostgresConnection] = []

  init(_ loop: EventLoop) {
    loop.onTurnEnd { [weak self] in self?.flush() }
  }

  func add(_ connection: PostgresConnection) { waiting.append(connection) }

  private func flush() {
    guard !waiting.isEmpty else { return }
    var taken: [PostgresConnection] = []
    swap(&taken, &waiting)
    for connection in taken { connection.flush() }
    taken.removeAll(keepingCapacity: true)
    if waiting.isEmpty { swap(&taken, &waiting) }
  }
}
