internal import EventLoop
internal import FunctionKit

/// One session in pipeline mode: statements go out without waiting for the answers of those before them.
///
/// Confined to the loop's thread.
final class PostgresConnection: @unchecked Sendable {
  /// What the server still owes, in order.
  enum Owed {
    case parse(Prepared)
    case execution(Call, Prepared?)
    /// A command whose answer nobody needs.
    case chore
    case sync
  }

  /// Whether many callers share it, or one at a time has it.
  let isShared: Bool
  let loop: EventLoop
  private let turnEnd: TurnEnd
  let native: NativeConnection
  private let poll: Poll
  private var isMarked = false

  var statements = StatementCache()
  var owed = Fifo<Owed>()
  /// Executed in the group that is being read; final when the group's synchronisation comes.
  var executed: [Call] = []
  /// The first error of the group that is being read.
  var groupError: DatabaseError?
  /// Something was sent since the last synchronisation.
  var needsSync = false
  var statementTimeout = StatementTimeout.initial
  /// Statements that were sent and not answered.
  var load = 0
  /// When the server last answered a statement, or got one with nothing else to do.
  var progress: UInt64 = 0
  /// The statement that the server was last told to stop.
  var stopped: Call?
  private(set) var lossReason: String?
  /// Called once, when the connection is of no use any more.
  var onLoss: ((PostgresConnection) -> Void)?

  /// - Throws: ``LoopError`` when its socket can't be watched.
  init(_ native: NativeConnection, _ loop: EventLoop, _ turnEnd: TurnEnd, isShared: Bool) throws {
    self.native = native
    self.loop = loop
    self.turnEnd = turnEnd
    self.isShared = isShared
    poll = try Poll(loop, descriptor: native.descriptor)
    guard native.enterPipeline() else {
      poll.close()
      throw ConnectFailure(reason: native.errorMessage)
    }
    poll.start(.readable) { [weak self] events in
      if events.contains(.writable) { self?.flush() }
      if events.contains(.readable) { self?.receive() }
    }
  }

  deinit { if isOpen { poll.close() } }

  var isOpen: Bool { lossReason == nil }
  /// Nothing is owed and no transaction was left open: it may serve somebody else.
  var isClean: Bool { isOpen && owed.isEmpty && native.isOutsideTransaction }

  // MARK: Sending

  func owe(_ next: Owed) {
    if case .execution = next {
      if load == 0 { progress = loop.now }
      load += 1
    }
    owed.append(next)
  }

  /// Sees to it that what was written goes out when the turn ends.
  func mark() {
    guard !isMarked else { return }
    isMarked = true
    turnEnd.add(self)
  }

  func flush() {
    isMarked = false
    guard isOpen else { return }
    if needsSync { sync() }
    switch native.flush() {
    case .done: poll.watch(.readable)
    case .waiting: poll.watch([.readable, .writable])
    case .broken:
      receive()
      lose(native.errorMessage)
    }
  }

  func sync() {
    needsSync = false
    guard native.sync() else { return lose(native.errorMessage) }
    owed.append(.sync)
  }

  // MARK: Ending

  /// Gives the connection up; every statement that is still owed fails.
  func lose(_ reason: String) {
    guard isOpen else { return }
    lossReason = reason
    poll.close()
    let calls =
      executed
      + owed.removeAll().compactMap { owed in
        if case .execution(let call, _) = owed { call } else { nil }
      }
    executed = []
    load = 0
    for call in calls { call.lost(reason) }
    onLoss?(self)
    onLoss = nil
  }

  /// Gives up a connection whose statement nobody waits for any more, and tells the server to stop running it.
  func abort(_ reason: String) {
    if isOpen, load > 0, let request = CancelRequest(native) {
      Task(executorPreference: loop) { [loop] in try await loop.offload { request.send() } }
    }
    lose(reason)
  }
}
