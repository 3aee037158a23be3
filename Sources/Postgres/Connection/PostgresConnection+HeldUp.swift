internal import EventLoop
internal import FunctionKit

/// A shared connection whose statements wait for a slow one.
extension PostgresConnection {
  /// Milliseconds that a statement may take before the connection is avoided.
  private static var moment: UInt64 { 100 }

  func isHeldUp(_ now: UInt64) -> Bool { load > 0 && now > progress + Self.moment }

  var holdsOthersUp: Bool { !heldUp.isEmpty }

  /// What waits, for another connection. Each has a group of its own there, so that they can't hold each other up.
  func doubles() -> [Call] {
    heldUp.map { call in
      call.hasDouble = true
      let double = Call(call.sql, sync: .own, deadline: call.deadline)
      double.onEnd = { call.finish($0) }
      return double
    }
  }

  /// The server tells of a group of statements when all have run, so the slow one is known only when it is alone in it.
  private var heldUp: [Call] {
    let group = executions(owed.all.prefix { if case .sync = $0 { false } else { true } })
    return executions(owed.all).dropFirst(group.count == 1 ? 1 : 0).filter { !$0.isOver && !$0.hasDouble }
  }

  private func executions(_ owed: some Sequence<Owed>) -> [Call] {
    owed.compactMap { if case .execution(let call, _) = $0 { call } else { nil } }
  }

  /// Tells the server to stop a statement whose answer nobody waits for any more. The request may come late and hit the
  /// next one: that is a read too, and is run again.
  func stopUnwanted() {
    guard let call = executions(owed.all.prefix(2)).first, call.isOver, call !== stopped,
      let request = CancelRequest(native)
    else { return }
    stopped = call
    Task(executorPreference: loop) { [loop] in try await loop.offload { request.send() } }
  }

  /// Each stop can hit one read only, so this comes to an end.
  func runAgain(_ call: Call) {
    call.sync = .own
    submit(call)
  }

  func wasHitByStop(_ call: Call, _ error: DatabaseError) -> Bool {
    isShared && stopped != nil && error.isCancelled && loop.now < call.deadline
  }
}
