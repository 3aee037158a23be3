import EventLoop

/// A streamed response on its way: the task that writes it, and the connection it is written to.
final class StreamedBody: @unchecked Sendable {
  private var connection: Connection?
  private let loop: EventLoop
  private let isChunked: Bool
  private var task: Task<Void, Never>?
  private var waiters: [CheckedContinuation<Void, any Error>] = []

  init(_ connection: Connection, isChunked: Bool) {
    self.connection = connection
    self.isChunked = isChunked
    loop = connection.server.loop
  }

  func start(_ write: @escaping @Sendable (BodyWriter) async throws -> Void) {
    task = Task(executorPreference: loop) {
      let outcome: Result<Void, any Error>
      do { outcome = .success(try await write(BodyWriter(body: self))) } catch { outcome = .failure(error) }
      self.end(outcome)
    }
  }

  func write(_ bytes: [UInt8]) async throws {
    if loop.isCurrent, let connection {
      send(bytes, to: connection)
      if connection.stream.pendingBytes <= BodyWriter.highWater, self.connection != nil { return }
      return try await withCheckedThrowingContinuation { wait($0) }
    }
    try await withCheckedThrowingContinuation { continuation in
      loop.execute {
        if let connection = self.connection { self.send(bytes, to: connection) }
        self.wait(continuation)
      }
    }
  }

  private func wait(_ continuation: CheckedContinuation<Void, any Error>) {
    guard let connection else { return continuation.resume(throwing: BodyWriter.Disconnected()) }
    if connection.stream.pendingBytes <= BodyWriter.highWater { return continuation.resume() }
    waiters.append(continuation)
  }

  private func send(_ bytes: [UInt8], to connection: Connection) {
    connection.flush()
    connection.write(isChunked ? chunk(bytes) : bytes)
    if !connection.isArmed { connection.arm() }
  }

  private func chunk(_ bytes: [UInt8]) -> [UInt8] {
    var chunk: [UInt8] = []
    chunk.reserveCapacity(bytes.count + 12)
    chunk.append(hex: bytes.count)
    chunk.append("\r\n")
    chunk.append(contentsOf: bytes)
    chunk.append("\r\n")
    return chunk
  }

  /// What was written has been taken.
  func resume() {
    let ready = waiters
    waiters = []
    for waiter in ready { waiter.resume() }
  }

  /// The connection is gone: the closure is told by an error and by cancellation.
  func cut() {
    letGo()
    task?.cancel()
  }

  private func letGo() {
    connection = nil
    let left = waiters
    waiters = []
    for waiter in left { waiter.resume(throwing: BodyWriter.Disconnected()) }
  }

  private func end(_ outcome: Result<Void, any Error>) {
    guard let connection else { return }
    letGo()
    connection.streaming = nil
    guard case .success = outcome else { return connection.close() }
    connection.borrowOutput()
    if isChunked { connection.output.append("0\r\n\r\n") }
    connection.finish()
  }
}

extension Connection {
  func stream(_ write: @escaping @Sendable (BodyWriter) async throws -> Void, isChunked: Bool) {
    let body = StreamedBody(self, isChunked: isChunked)
    streaming = body
    body.start(write)
    if !isAdvancing { settle() }
  }
}
