internal import EventLoop
internal import FunctionKit

extension PostgresConnection {
  /// Takes in what the server has sent.
  func receive() {
    guard isOpen else { return }
    let isAlive = native.consumeInput()
    drain()
    if isOpen, owed.isEmpty { _ = native.isBusy }  // lets libpq take in notices
    if !isAlive { lose(native.errorMessage) }
  }

  /// Each command has exactly one result. The nil after it is no landmark: libpq leaves it out in aborted groups.
  private func drain() {
    var emptyResults = 0
    while isOpen, let next = owed.first, !native.isBusy {
      guard let result = native.nextResult() else {
        emptyResults += 1
        if emptyResults > 2 { return }
        continue
      }
      emptyResults = 0
      if result.kind == .error, result.isFatal { return lose(result.error.message) }
      take(result, next)
    }
  }

  private func take(_ result: borrowing NativeResult, _ next: Owed) {
    if case .sync = next { return synchronised(result) }
    owed.removeFirst()
    switch next {
    case .parse(let prepared): parsed(result, prepared)
    case .execution(let call, let prepared): self.executed(result, call, prepared)
    case .chore: if result.kind == .error { groupError = groupError ?? result.error }
    case .sync: break
    }
  }

  private func parsed(_ result: borrowing NativeResult, _ prepared: Prepared) {
    if result.kind == .done { return statements.confirm(prepared) }
    statements.forget(prepared)
    if result.kind == .error { groupError = groupError ?? result.error }
  }

  private func executed(_ result: borrowing NativeResult, _ call: Call, _ prepared: Prepared?) {
    load -= 1
    progress = loop.now
    switch result.kind {
    case .rows, .done, .empty:
      call.outcome = .success(answer(result, prepared, isWanted: !call.isOver))
    case .error:
      let error = result.error
      groupError = groupError ?? error
      call.outcome = .failure(error)
      if wasHitByStop(call, error) { return runAgain(call) }
      if let prepared, error.isStaleStatement {
        statements.forget(prepared)
        if isShared, repeatAlone(call) { return }
      }
    case .aborted:
      call.outcome = groupError.map { .failure($0) }
      if isShared, repeatAlone(call) { return }
    default:
      return lose("PostgreSQL answered with a copy, which only migrations can do")
    }
    // What is read can't be taken back by the end of its group; what is written can.
    if isShared, let outcome = call.outcome { call.finish(outcome) } else { executed.append(call) }
  }

  /// A neighbour's error, or changed tables, have kept a statement from running: runs it again, on its own.
  private func repeatAlone(_ call: Call) -> Bool {
    guard !call.wasRepeated, !call.isOver, call.sync == .turn else { return false }
    call.wasRepeated = true
    call.sync = .own
    submit(call)
    return true
  }

  private func answer(_ result: borrowing NativeResult, _ prepared: Prepared?, isWanted: Bool) -> Answer {
    var rows: [Row] = []
    if isWanted, result.kind == .rows { rows = result.rows(shape(result, prepared)) }
    return Answer(
      result: QueryResult(rows: rows, affected: result.affected),
      isRollback: result.kind == .done && result.isRollback)
  }

  private func shape(_ result: borrowing NativeResult, _ prepared: Prepared?) -> RowShape {
    if let shape = prepared?.shape, shape.columns.count == result.columnCount { return shape }
    let shape = result.shape()
    prepared?.shape = shape
    return shape
  }

  private func synchronised(_ result: borrowing NativeResult) {
    if result.kind == .error {
      // The commit at the end of the group failed, so nothing of it has happened.
      let error = result.error
      for call in executed { call.outcome = .failure(error) }
      return
    }
    owed.removeFirst()
    if owed.isEmpty { native.settle() }
    groupError = nil
    let calls = executed
    executed.removeAll(keepingCapacity: true)
    for call in calls { call.finish(call.outcome ?? .failure(.connectionLost("no answer came"))) }
    if isShared, owed.isEmpty, !native.isOutsideTransaction { lose("a statement left a transaction open") }
  }
}

extension DatabaseError {
  /// The tables changed under a prepared statement, or somebody deallocated it.
  var isStaleStatement: Bool { sqlState == "0A000" || sqlState == "26000" }
}
