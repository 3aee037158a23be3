internal import EventLoop
internal import FunctionKit

extension PostgresConnection {
  /// Puts the statement on the wire, or fails it.
  func submit(_ call: Call) {
    guard !call.isOver else { return }
    if let refusal = call.sql.refusal { return call.finish(.failure(refusal)) }
    guard isOpen else { return call.lost(lossReason ?? "it is closed") }
    setTimeout(for: call)
    guard isOpen, send(call) else {
      lose(native.errorMessage)
      // When it was lost before this call was owed, nobody else would say so.
      return call.lost(lossReason ?? "it is closed")
    }
    if case .own = call.sync { sync() } else { needsSync = needsSync || call.sync == .turn }
    mark()
  }

  /// Sends it by name, with its parse the first time: never a round trip more.
  private func send(_ call: Call) -> Bool {
    switch statements.use(call.sql.text) {
    case .ready(let prepared):
      owe(.execution(call, prepared))
      return native.execute(prepared.name, call.sql.binds)
    case .prepare(let prepared, let evicted):
      if let evicted { guard deallocate(evicted) else { return false } }
      owe(.parse(prepared))
      owe(.execution(call, prepared))
      return native.prepare(prepared.name, prepared.text) && native.execute(prepared.name, call.sql.binds)
    case .unnamed:
      owe(.execution(call, nil))
      return native.execute(unprepared: call.sql.text, call.sql.binds)
    }
  }

  private func deallocate(_ name: String) -> Bool {
    owed.append(.chore)
    return native.execute(unprepared: "deallocate \(name)", [])
  }

  /// Changes the session's statement timeout where the call needs another one. It is synchronised on its own, because
  /// a failure in its group would take it back.
  private func setTimeout(for call: Call) {
    guard call.setsTimeout else { return }
    let step = StatementTimeout.step(for: call.deadline > loop.now ? call.deadline - loop.now : 0)
    guard step != statementTimeout else { return }
    if needsSync { sync() }
    owed.append(.chore)
    guard native.execute(unprepared: "set statement_timeout = \(step)", []) else { return }
    statementTimeout = step
    sync()
  }
}
