internal import FunctionKit

/// What a statement gave, with what only the engine needs to know.
struct Answer: Sendable {
  var result: QueryResult
  /// The command tag was `ROLLBACK`.
  var isRollback = false
}

/// One statement on its way through a connection. Confined to the loop's thread.
final class Call: @unchecked Sendable {
  /// When the server is told to synchronise after it.
  enum Sync {
    /// At once, so that neither an error nor a commit is shared with a neighbour.
    case own
    /// At the end of the loop's turn, together with its neighbours; if one of those fails, it is sent again.
    case turn
    /// With the next statement, whose answer then tells both.
    case later
  }

  let sql: SQL
  var sync: Sync
  /// On the loop's clock, in milliseconds.
  let deadline: UInt64
  /// Once sent, a lost connection leaves open whether it has taken effect.
  let isDecisive: Bool
  /// False inside a transaction that has begun: a change there would be rolled back with it.
  var setsTimeout = true
  private(set) var isOver = false
  private var continuation: UnsafeContinuation<Answer, any Error>?
  /// Told the outcome of a call that nobody awaits.
  var onEnd: ((Result<Answer, DatabaseError>) -> Void)?

  /// What has come so far; told when it is final.
  var outcome: Result<Answer, DatabaseError>?
  var wasRepeated = false
  /// It has been sent on another connection too.
  var hasDouble = false

  init(_ sql: SQL, sync: Sync, deadline: UInt64, isDecisive: Bool = false) {
    self.sql = sql
    self.sync = sync
    self.deadline = deadline
    self.isDecisive = isDecisive
  }

  /// Must be called before the call is submitted.
  func awaited(by continuation: UnsafeContinuation<Answer, any Error>) {
    if isOver { return continuation.resume(throwing: CancellationError()) }
    self.continuation = continuation
  }

  func finish(_ outcome: Result<Answer, DatabaseError>) {
    guard !isOver else { return }
    isOver = true
    onEnd?(outcome)
    onEnd = nil
    switch outcome {
    case .success(let answer): continuation?.resume(returning: answer)
    case .failure(let error): continuation?.resume(throwing: error)
    }
    continuation = nil
  }

  /// Lets go of the caller; whatever the server answers is dropped.
  func abandon() {
    guard !isOver else { return }
    isOver = true
    continuation?.resume(throwing: CancellationError())
    continuation = nil
  }

  func lost(_ reason: String) {
    finish(.failure(isDecisive ? .outcomeUnknown(reason) : .connectionLost(reason)))
  }
}
