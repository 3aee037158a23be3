internal import CLibUV
private import Glibc

/// Accepts connections on a TCP port or a Unix socket.
public final class Listener: @unchecked Sendable {
  private let loop: EventLoop
  private let memory: Stream.Memory
  private var onConnection: (Stream) -> Void = { _ in }

  /// Binds and listens.
  /// - Throws: ``LoopError`` with code `EADDRINUSE` when somebody else listens there.
  public init(
    _ loop: EventLoop, on address: SocketAddress, backlog: Int32 = 1024, _ onConnection: @escaping (Stream) -> Void
  ) throws(LoopError) {
    self.loop = loop
    self.onConnection = onConnection
    switch address {
    case .tcp(let host, let port):
      let memory = HandleMemory<uv_tcp_t>()
      uv_tcp_init(loop.raw, memory.pointer)
      self.memory = .tcp(memory)
      memory.attach(self)
      let status = try SocketAddress.withKernelAddress(host: host, port: port) { uv_tcp_bind(memory.pointer, $0, 0) }
      try start(status, memory, backlog, "\(address)")
    case .unix(let path):
      let memory = HandleMemory<uv_pipe_t>()
      uv_pipe_init(loop.raw, memory.pointer, 0)
      self.memory = .pipe(memory)
      memory.attach(self)
      try start(uv_pipe_bind(memory.pointer, path), memory, backlog, "\(address)")
    }
  }

  /// Accepts on a socket that listens already and that other processes may accept on, too. It is closed with this.
  public init(
    _ loop: EventLoop, inherited descriptor: Int32, backlog: Int32 = 1024, _ onConnection: @escaping (Stream) -> Void
  ) throws(LoopError) {
    self.loop = loop
    self.onConnection = onConnection
    let memory = Stream.Memory(loop, for: descriptor)
    self.memory = memory
    switch memory {
    case .tcp(let handle):
      handle.attach(self)
      try start(memory.open(descriptor), handle, backlog, "an inherited socket")
    case .pipe(let handle):
      handle.attach(self)
      try start(memory.open(descriptor), handle, backlog, "an inherited socket")
    }
  }

  private func start<Raw>(
    _ bound: Int32, _ memory: HandleMemory<Raw>, _ backlog: Int32, _ place: String
  ) throws(LoopError) {
    let stream = UnsafeMutableRawPointer(memory.pointer).assumingMemoryBound(to: uv_stream_t.self)
    let status =
      bound < 0
      ? bound
      : uv_listen(stream, backlog) { server, status in
        let listener = owner(server!.pointee.data, as: Listener.self)
        guard status >= 0 else { return listener.failed(status) }
        listener.accept(server!)
      }
    if status < 0 { memory.close() }
    try check(status, "listen on \(place)")
  }

  /// A socket that another process has ended would fail for ever, at once.
  private func failed(_ status: Int32) { if status == UV_EINVAL.rawValue { close() } }

  private func accept(_ server: UnsafeMutablePointer<uv_stream_t>) {
    let stream: Stream
    switch memory {
    case .tcp:
      stream = .tcp(loop)
      if case .tcp(let memory) = stream.memory { uv_tcp_nodelay(memory.pointer, 1) }
    case .pipe: stream = .pipe(loop)
    }
    guard uv_accept(server, stream.raw) >= 0 else { return stream.close() }
    onConnection(stream)
  }

  /// The address it listens on, with the port that the kernel chose for port 0.
  public var address: SocketAddress? {
    guard case .tcp(let memory) = memory, !memory.isClosing else { return nil }
    var storage = sockaddr_storage()
    var length = Int32(MemoryLayout<sockaddr_storage>.size)
    let status = withUnsafeMutablePointer(to: &storage) { storage in
      uv_tcp_getsockname(
        memory.pointer, UnsafeMutableRawPointer(storage).assumingMemoryBound(to: sockaddr.self), &length)
    }
    return status < 0 ? nil : SocketAddress(kernel: storage)
  }

  /// Stops accepting; accepted streams live on.
  public func close() {
    onConnection = { _ in }
    switch memory {
    case .tcp(let memory): memory.close()
    case .pipe(let memory): memory.close()
    }
  }
}
