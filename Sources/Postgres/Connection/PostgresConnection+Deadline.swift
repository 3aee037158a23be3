internal import EventLoop
internal import FunctionKit

extension PostgresConnection {
  /// How long the server's own timeout may be late before this side acts.
  private static var grace: UInt64 { 100 }
  /// How long the answer to a commit is awaited beyond the deadline, since giving up leaves its outcome unknown.
  private static var patience: UInt64 { 10_000 }

  /// Ends the calls whose deadline has passed: the server was given a slightly longer one, or is busy with others, or
  /// does not answer at all.
  func endOverdue() {
    let now = loop.now
    guard isOpen, load > 0 else { return }
    var isOverdue = false
    for case .execution(let call, _) in owed.all where !call.isOver {
      let grace = call.isDecisive ? Self.patience : Self.grace
      guard now > call.deadline + grace else { continue }
      isOverdue = true
      // Of what was to commit nobody can tell; losing the connection will say so.
      if !call.isDecisive { call.finish(.failure(.timedOut)) }
    }
    if isShared { stopUnwanted() }
    if isShared ? isStuck(now) : isOverdue { abort("no answer came before the deadline") }
  }

  /// The statement that the server should be running is long overdue.
  private func isStuck(_ now: UInt64) -> Bool {
    for case .execution(let call, _) in owed.all { return now > call.deadline + Self.patience }
    return false
  }
}
