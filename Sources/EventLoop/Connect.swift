internal import CLibUV

extension Stream {
  /// Connects to a listener and resumes when the connection stands.
  /// - Throws: ``LoopError``, with code `ECONNREFUSED` when nobody listens.
  public static func connect(_ loop: EventLoop, to address: SocketAddress) async throws -> Stream {
    try await withCheckedThrowingContinuation { continuation in
      let attempt = ConnectAttempt(address, continuation)
      do { try attempt.start(on: loop) } catch { attempt.finish(throwing: error) }
    }
  }
}

private final class ConnectAttempt {
  private let request = UnsafeMutablePointer<uv_connect_t>.allocate(capacity: 1)
  private let address: SocketAddress
  private var stream: Stream?
  private var continuation: CheckedContinuation<Stream, any Error>?

  init(_ address: SocketAddress, _ continuation: CheckedContinuation<Stream, any Error>) {
    self.address = address
    self.continuation = continuation
  }

  deinit { request.deallocate() }

  func start(on loop: EventLoop) throws(LoopError) {
    switch address {
    case .tcp(let host, let port):
      let stream = Stream.tcp(loop)
      self.stream = stream
      guard case .tcp(let memory) = stream.memory else { return }
      retainForRequest()
      let status = try SocketAddress.withKernelAddress(host: host, port: port) {
        uv_tcp_connect(request, memory.pointer, $0, connected)
      }
      if status < 0 { Unmanaged<ConnectAttempt>.fromOpaque(request.pointee.data).release() }
      try check(status, "connect to \(address)")
    case .unix(let path):
      let stream = Stream.pipe(loop)
      self.stream = stream
      guard case .pipe(let memory) = stream.memory else { return }
      retainForRequest()
      uv_pipe_connect(request, memory.pointer, path, connected)
    }
  }

  private func retainForRequest() { request.pointee.data = Unmanaged.passRetained(self).toOpaque() }

  func finish(throwing error: any Error) {
    stream?.close()
    continuation?.resume(throwing: error)
    continuation = nil
  }

  fileprivate func finish(_ status: Int32) {
    guard status >= 0, let stream else { return finish(throwing: LoopError(status, "connect to \(address)")) }
    continuation?.resume(returning: stream)
    continuation = nil
  }
}

private func connected(_ request: UnsafeMutablePointer<uv_connect_t>?, _ status: Int32) {
  Unmanaged<ConnectAttempt>.fromOpaque(request!.pointee.data).takeRetainedValue().finish(status)
}
