internal import EventLoop

/// Stands between a host and a PostgreSQL server, on Unix sockets, and cuts sessions where it is told to.
final class DatabaseProxy: Sendable {
  private let loop: EventLoop
  private let database: String
  private let server: SocketAddress
  private let decide: @Sendable (Statement) -> Cut?
  private let listener: LoopLocal<Listener?>

  /// - Parameter path: the socket that the host connects to.
  init(
    _ loop: EventLoop, database: String, on path: String, to server: String,
    decide: @escaping @Sendable (Statement) -> Cut?
  ) throws {
    self.loop = loop
    self.database = database
    self.server = .unix(path: server)
    self.decide = decide
    listener = LoopLocal(loop, nil)
    listener.value = try Listener(loop, on: .unix(path: path)) { [weak self] in self?.accept($0) }
  }

  func close() { listener.value?.close() }

  private func accept(_ host: Stream) {
    Task(executorPreference: loop) { [self] in
      do {
        Session(host, try await Stream.connect(loop, to: server), SessionWatch(database: database), decide).start()
      } catch { host.close() }
    }
  }

  /// Confined to the loop's thread; kept alive by its streams.
  private final class Session {
    private let host: Stream
    private let server: Stream
    private var watch: SessionWatch
    private let decide: (Statement) -> Cut?

    init(_ host: Stream, _ server: Stream, _ watch: SessionWatch, _ decide: @escaping (Statement) -> Cut?) {
      self.host = host
      self.server = server
      self.watch = watch
      self.decide = decide
    }

    /// A stream that can't be written to closes itself, and the other one must not outlive it: its session would go on
    /// holding locks.
    func start() {
      host.whenClosed { [server] in server.close() }
      server.whenClosed { [self] in closeOnceSent() }
      host.startReading({ [self] in perform(watch.hostSent(copy($0), decide: decide)) }) { [host] _ in host.close() }
      server.startReading({ [self] in perform(watch.serverSent(copy($0))) }) { [server] _ in server.close() }
    }

    private func perform(_ actions: [SessionWatch.Action]) {
      for action in actions {
        switch action {
        case .toServer(let bytes): server.write(bytes)
        case .toHost(let bytes): host.write(bytes)
        case .close: server.close()
        }
      }
    }

    /// What the host is to have must be with the kernel first.
    private func closeOnceSent() {
      host.pauseReading()
      if host.pendingBytes == 0 { host.close() } else { host.onDrain = { [host] in host.close() } }
    }
  }
}

private func copy(_ bytes: borrowing RawSpan) -> [UInt8] {
  unsafe bytes.withUnsafeBytes { unsafe Array($0) }
}
