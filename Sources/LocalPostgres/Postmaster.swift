internal import EventLoop
private import Glibc
private import Synchronization

/// One run of the server, from its start to its end.
final class Postmaster: Sendable {
  private let loop: EventLoop
  private let layout: Layout
  private let log: Log
  private let state = Mutex(State())

  private struct State {
    var server: Server?
    var end: String?
    var onEnd: (@Sendable (String) -> Void)?
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  init(_ layout: Layout, _ installation: Installation, on loop: EventLoop) throws {
    self.loop = loop
    self.layout = layout
    log = try Log(layout.log)
    var options = installation.options(installation.postgres, ServerSettings.arguments(layout), as: layout.account)
    options.outputDescriptor = log.descriptor
    // A Ctrl-C is the host's to handle: it stops its server after its own work is done.
    options.isDetached = true
    let child = try ChildProcess(loop, options) { [self] status, signal in
      ended(signal == 0 ? "with exit status \(status)" : "by signal \(signal)")
    }
    state.withLock { $0.server = .started(child) }
  }

  /// The server of a program whose place this one has taken: it is a child of this process all the same.
  init(_ layout: Layout, adopting processID: Int32, on loop: EventLoop) throws {
    self.loop = loop
    self.layout = layout
    log = try Log(layout.log)
    let watcher = try ChildWatcher(loop)
    state.withLock { $0.server = .adopted(processID, watcher) }
    watcher.watch(processID) { [self] status, signal in
      watcher.close()
      ended(signal == 0 ? "with exit status \(status)" : "by signal \(signal)")
    }
  }

  private enum Server {
    case started(ChildProcess)
    case adopted(Int32, ChildWatcher)

    var processID: Int32 {
      switch self {
      case .started(let child): child.processID
      case .adopted(let processID, _): processID
      }
    }

    func kill(_ signal: Int32) {
      switch self {
      case .started(let child): child.kill(signal)
      case .adopted(let processID, _): Glibc.kill(processID, signal)
      }
    }
  }

  var processID: Int32 { state.withLock { $0.server?.processID ?? 0 } }

  /// How it ended; nil while it runs.
  var end: String? { state.withLock { $0.end } }

  /// The last lines it wrote.
  var lastWords: String { log.tail }

  /// Tells the end, at once when it has happened already.
  func onEnd(_ tell: @escaping @Sendable (String) -> Void) {
    let end = state.withLock { state in
      state.onEnd = tell
      return state.end
    }
    if let end { tell(end) }
  }

  /// Waits until it takes connections.
  func waitUntilReady(for limit: Duration = .seconds(60)) async throws {
    let deadline = loop.now + limit.milliseconds
    while !(try await answers()) {
      if let end { throw failure("ended \(end) before it was ready", lastWords) }
      guard loop.now < deadline else { throw failure("was not ready after \(limit)", lastWords) }
      try await loop.sleep(for: .milliseconds(10))
    }
  }

  private func answers() async throws -> Bool {
    guard let file = PostmasterFile(layout), file.isReady, file.processID == processID else { return false }
    do {
      try await Stream.connect(loop, to: .unix(path: layout.socket)).close()
      return true
    } catch is LoopError {
      return false
    }
  }

  private func failure(_ what: String, _ lines: String) -> LocalPostgresError {
    LocalPostgresError(
      .startFailed, "PostgreSQL in \(layout.cluster) \(what); the last lines of \(layout.log) say why:\n\(lines)")
  }

  /// Ends it: fast shutdown first, immediate when that takes too long, and at last by force. Cancellation does not
  /// shorten the wait, because a server left behind would be nobody's.
  func shutDown(patience: Duration = .seconds(10)) async {
    let (server, hasEnded) = state.withLock { ($0.server, $0.end != nil) }
    if hasEnded { return }
    server?.kill(SIGINT)
    let timer = LoopTimer(loop)
    var harsher = [SIGQUIT, SIGKILL].makeIterator()
    timer.start(after: patience.milliseconds, repeating: patience.milliseconds) {
      if let signal = harsher.next() { server?.kill(signal) }
    }
    await waitForEnd()
    timer.close()
  }

  private func waitForEnd() async {
    await withCheckedContinuation { continuation in
      let hasEnded = state.withLock { state in
        if state.end == nil { state.waiters.append(continuation) }
        return state.end != nil
      }
      if hasEnded { continuation.resume() }
    }
  }

  private func ended(_ how: String) {
    let (tell, waiters) = state.withLock { state in
      state.end = how
      defer { state.waiters = [] }
      return (state.onEnd, state.waiters)
    }
    for waiter in waiters { waiter.resume() }
    tell?(how)
  }
}
