internal import EventLoop
public import FunctionKit

/// A transaction with a connection of its own, which goes back to the pool when it ends.
///
/// `begin` travels with the first statement; a transaction that never ran one costs nothing. One that is dropped
/// without an end is rolled back.
public final class PostgresTransaction: Sendable {
  private struct State {
    var transaction = TransactionState()
    var connection: PostgresConnection?
    /// Something was sent whose answer nobody has waited for.
    var isUnanswered = false
  }

  private let loop: EventLoop
  private let deadline: UInt64
  private let state: LoopLocal<State>
  private let release: @Sendable (PostgresConnection) -> Void

  init(
    _ loop: EventLoop, _ connection: PostgresConnection, deadline: UInt64,
    release: @escaping @Sendable (PostgresConnection) -> Void
  ) {
    self.loop = loop
    self.deadline = deadline
    self.release = release
    state = LoopLocal(loop, State(connection: connection))
  }

  deinit {
    let (state, release) = (state, release)
    loop.onThread {
      guard let connection = state.value.connection else { return }
      rollBack(connection, then: release)
    }
  }

  /// Runs a statement and waits for it. After one that failed the transaction can only be rolled back.
  /// - Throws: ``DatabaseError``; `CancellationError` as soon as the task is cancelled.
  public func run(_ sql: SQL) async throws -> QueryResult {
    let (connection, call) = try prepare(sql, sync: .own)
    do {
      let result = try await connection.perform(call).result
      state.value.isUnanswered = false
      return result
    } catch {
      didFail(error)
      throw error
    }
  }

  /// Sends a statement without waiting; when it fails, the next ``run(_:)`` or the commit tells.
  public func enqueue(_ sql: SQL) throws {
    try send(sql)
    state.value.isUnanswered = true
  }

  // MARK: A part of it

  /// Begins a part that can be undone by itself. Parts do not nest.
  public func beginPart() throws { try send("savepoint part") }

  /// Ends the part and keeps it.
  /// - Throws: ``DatabaseError`` when one of its statements had failed; then ``undoPart()`` is what is left.
  public func keepPart() async throws {
    if state.value.isUnanswered {
      _ = try await run("release savepoint part")
    } else {
      try send("release savepoint part")
    }
  }

  /// Ends the part as if it had not been; the transaction goes on, also after a statement that failed.
  /// - Throws: ``DatabaseError`` when the connection is lost, and the transaction with it.
  public func undoPart() async throws {
    try state.value.transaction.willUndoPart()
    guard let connection = state.value.connection else { throw DatabaseError.ended }
    for sql in ["rollback to savepoint part", "release savepoint part"] as [SQL] {
      let call = Call(sql, sync: .own, deadline: deadline)
      call.setsTimeout = false
      do { _ = try await connection.unstoppable(call) } catch {
        didFail(error)
        throw error
      }
    }
    state.value.isUnanswered = false
  }

  /// Sends what can't fail but with the connection.
  private func send(_ sql: SQL) throws {
    let (connection, call) = try prepare(sql, sync: .later)
    call.onEnd = { [weak self] outcome in
      if case .failure(let error) = outcome { self?.didFail(error) }
    }
    connection.submit(call)
  }

  // MARK: The end

  /// Makes everything durable. Once it has been sent it is awaited, whether or not the task is cancelled.
  /// - Throws: ``DatabaseError``: `25P02` when a statement had failed, `08007` when the connection was lost meanwhile
  ///   and nobody can tell whether it happened. In all cases but that one, nothing has been committed.
  public func commit() async throws {
    do {
      try Task.checkCancellation()
      if try state.value.transaction.willCommit() { try await sendCommit() }
    } catch {
      await rollback()
      throw error
    }
    giveBack()
  }

  /// Undoes everything; returns when the server has done so. Does nothing after the end.
  public func rollback() async {
    state.value.transaction.didRollBack()
    guard let connection = state.value.connection else { return }
    state.value.connection = nil
    await withCheckedContinuation { continuation in
      rollBack(connection) { [release] in
        release($0)
        continuation.resume()
      }
    }
  }

  /// Gives the connection up, so that the server undoes everything at once; a commit that is under way is left to end.
  public func abandon() {
    guard !state.value.transaction.isEnded, let connection = state.value.connection else { return }
    state.value.transaction.didRollBack()
    state.value.connection = nil
    connection.abort("its user has crashed")
    release(connection)
  }

  private func sendCommit() async throws {
    guard let connection = state.value.connection else { throw DatabaseError.ended }
    guard loop.now < deadline else { throw DatabaseError.timedOut }
    if connection.isOpen, connection.isClean { throw DatabaseError.endedByStatement }
    let call = Call("commit", sync: .own, deadline: deadline, isDecisive: true)
    call.setsTimeout = false
    let answer = try await connection.unstoppable(call)
    if answer.isRollback { throw DatabaseError.rolledBack }
  }

  private func prepare(_ sql: SQL, sync: Call.Sync) throws -> (PostgresConnection, Call) {
    let isFirst = try state.value.transaction.willSend()
    guard let connection = state.value.connection else { throw DatabaseError.ended }
    if isFirst { connection.submit(Call("begin", sync: .later, deadline: deadline)) }
    let call = Call(sql, sync: sync, deadline: deadline)
    call.setsTimeout = false
    return (connection, call)
  }

  private func didFail(_ error: any Error) {
    let cause = error as? DatabaseError ?? DatabaseError(sqlState: "57014", message: "a statement was cancelled")
    state.value.transaction.didFail(cause)
  }

  private func giveBack() {
    guard let connection = state.value.connection else { return }
    state.value.connection = nil
    release(connection)
  }
}

/// Rolls back what is open, then hands the connection on: clean, or lost.
private func rollBack(_ connection: PostgresConnection, then release: @escaping @Sendable (PostgresConnection) -> Void)
{
  guard connection.isOpen, !connection.isClean else { return release(connection) }
  let call = Call("rollback", sync: .own, deadline: connection.loop.now + 5000)
  call.setsTimeout = false
  call.onEnd = { _ in release(connection) }
  connection.submit(call)
}
