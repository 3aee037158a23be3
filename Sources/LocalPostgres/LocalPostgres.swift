public import EventLoop
private import Synchronization

/// The PostgreSQL that a developer gets without asking: a cluster in the state directory, served by a child of the host
/// on a Unix socket, restarted when it dies.
///
/// Call it on the loop's thread. To give up a ``start(on:)`` that is under way, cancel its task.
public final class LocalPostgres: Sendable {
  private let stateDirectory: String
  private let onUnexpectedExit: @Sendable (String) -> Void
  private let state = Mutex(State())

  private enum Phase { case stopped, starting, running, restarting, stopping }

  private struct State {
    var phase = Phase.stopped
    var lock: StateLock?
    var layout: Layout?
    var postmaster: Postmaster?
    var restart: Task<Void, Never>?
  }

  /// - Parameter onUnexpectedExit: told, for people, when the server died or could not be restarted; it is restarted
  ///   whether or not anybody listens.
  public init(stateDirectory: String, onUnexpectedExit: @escaping @Sendable (String) -> Void = { _ in }) {
    self.stateDirectory = stateDirectory
    self.onUnexpectedExit = onUnexpectedExit
  }

  /// Whether it takes connections now.
  public var isRunning: Bool { state.withLock { $0.phase == .running } }

  /// Where the Unix socket is; empty before the first start.
  public var socketDirectory: String { state.withLock { $0.layout?.socketDirectory ?? "" } }

  /// A part of the socket's name; nothing listens on the network.
  public var port: Int { Layout.port }

  /// The server's process; 0 when there is none.
  public var processID: Int32 { state.withLock { $0.postmaster?.processID ?? 0 } }

  /// A connection string in libpq's keyword form.
  public func connectionString(database: String) -> String {
    LocalPostgres.connectionString(socketDirectory: socketDirectory, database: database)
  }

  /// The same for another process, which knows where the socket is.
  public static func connectionString(socketDirectory: String, database: String) -> String {
    "host=\(quoted(socketDirectory)) port=\(Layout.port) dbname=\(quoted(database)) user=postgres"
  }

  // MARK: Another program in this process

  /// What keeps the server running for the program that takes this one's place.
  public struct Handover: Sendable {
    public let processID: Int32
    /// The descriptor of the lock on the state directory.
    public let lock: Int32

    public init(processID: Int32, lock: Int32) {
      self.processID = processID
      self.lock = lock
    }
  }

  /// Nil when no server runs.
  public var handover: Handover? {
    state.withLock { state in
      guard state.phase == .running, let lock = state.lock, let postmaster = state.postmaster else { return nil }
      return Handover(processID: postmaster.processID, lock: lock.handedOver)
    }
  }

  /// Takes over the server that the program before has left running.
  /// - Throws: ``LocalPostgresError``.
  public func adopt(_ handover: Handover, on loop: EventLoop) throws {
    guard move(from: .stopped, to: .starting) else { return }
    let layout = try Layout(stateDirectory: stateDirectory, account: .ofServer())
    let site = Site(layout: layout, installation: try .find(for: layout.cluster), loop: loop)
    let postmaster = try Postmaster(layout, adopting: handover.processID, on: loop)
    state.withLock { state in
      (state.layout, state.lock) = (layout, StateLock(adopting: handover.lock))
      (state.postmaster, state.phase) = (postmaster, .running)
    }
    postmaster.onEnd { [self] how in recover(site, from: how, postmaster.lastWords) }
  }

  // MARK: Starting and stopping

  /// Makes the cluster when there is none, and runs the server until ``stop()``.
  /// - Throws: ``LocalPostgresError``; `CancellationError` when the task is cancelled. Nothing is left running then.
  public func start(on loop: EventLoop) async throws {
    guard move(from: .stopped, to: .starting) else { return }
    do {
      let layout = try Layout(stateDirectory: stateDirectory, account: .ofServer())
      let lock = try StateLock(layout.lock, of: layout.state)
      state.withLock { ($0.layout, $0.lock) = (layout, lock) }
      let site = Site(layout: layout, installation: try .find(for: layout.cluster), loop: loop)
      try await Cluster(layout: layout, installation: site.installation).prepare(on: loop)
      try await launch(site)
    } catch {
      state.withLock { ($0.phase, $0.lock) = (.stopped, nil) }
      throw error
    }
  }

  /// Shuts the server down in an orderly way and lets go of the state directory.
  public func stop() async {
    let restart = state.withLock { state -> Task<Void, Never>? in
      guard state.phase == .running || state.phase == .restarting else { return nil }
      state.phase = .stopping
      return state.restart
    }
    guard state.withLock({ $0.phase }) == .stopping else { return }
    restart?.cancel()
    await restart?.value
    await state.withLock { $0.postmaster }?.shutDown()
    state.withLock { ($0.phase, $0.lock, $0.postmaster, $0.restart) = (.stopped, nil, nil, nil) }
  }

  private struct Site {
    let layout: Layout
    let installation: Installation
    let loop: EventLoop
  }

  private func launch(_ site: Site) async throws {
    try await Orphan(of: site.layout)?.end(on: site.loop)
    try removeStaleFile(of: site.layout)
    let postmaster = try Postmaster(site.layout, site.installation, on: site.loop)
    do {
      try await postmaster.waitUntilReady()
    } catch {
      await postmaster.shutDown()
      throw error
    }
    state.withLock { state in
      state.postmaster = postmaster
      if state.phase != .stopping { state.phase = .running }
    }
    postmaster.onEnd { [self] how in recover(site, from: how, postmaster.lastWords) }
  }

  // MARK: Restarting

  private func recover(_ site: Site, from how: String, _ lastWords: String) {
    guard move(from: .running, to: .restarting) else { return }
    onUnexpectedExit(
      "PostgreSQL in \(site.layout.cluster) ended \(how) and is restarted; its last lines:\n\(lastWords)")
    let restart = Task(executorPreference: site.loop) { await self.relaunch(site) }
    state.withLock { $0.restart = restart }
  }

  /// Tries until it runs or is no longer wanted: processes of the dead server may hold its shared memory for a moment.
  private func relaunch(_ site: Site) async {
    var pause = Duration.milliseconds(100)
    while !Task.isCancelled {
      do {
        try await site.loop.sleep(for: pause)
        return try await launch(site)
      } catch is CancellationError {
        return
      } catch {
        pause = min(pause * 2, .seconds(5))
        onUnexpectedExit("PostgreSQL could not be restarted and is tried again in \(pause): \(error)")
      }
    }
  }

  private func move(from old: Phase, to new: Phase) -> Bool {
    state.withLock { state in
      guard state.phase == old else { return false }
      state.phase = new
      return true
    }
  }
}

/// A value in libpq's keyword form.
private func quoted(_ value: String) -> String {
  let isPlain = value.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "\\") }
  if isPlain, !value.isEmpty { return value }
  return value.reduce(into: "'") { $0 += $1 == "'" || $1 == "\\" ? "\\\($1)" : String($1) } + "'"
}
