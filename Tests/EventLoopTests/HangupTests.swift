import EventLoop
import LoopTesting
import Testing

@Suite struct `What others do to sockets that are shared` {
  @Test func `a thread is told that the other end has gone`() async throws {
    let (mine, its) = try Descriptor.socketPair()
    defer { mine.close() }
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      do { try whenHungUp(mine.number) { continuation.resume() } } catch { continuation.resume(throwing: error) }
      its.close()
    }
  }

  @Test func `one who stops a socket from listening frees its port, and the loops that accept on it go on`()
    async throws
  {
    try await withLoop { loop in
      let socket = try BoundSocket(host: "127.0.0.1", port: 0)
      let listener = try Listener(loop, inherited: socket.duplicate()) { $0.close() }
      let stream = try await Stream.connect(loop, to: socket.address)
      stopListening(socket.descriptor)
      try await loop.sleep(for: .milliseconds(1))
      let next = try BoundSocket(on: socket.address)
      stream.close()
      listener.close()
      next.close()
      socket.close()
    }
  }

  @Test func `what does not listen is left as it is`() async throws {
    let (mine, its) = try Descriptor.socketPair()
    stopListening(mine.number)
    let heard: [UInt8] = try await withLoop { loop in
      let (one, other) = (try Stream(loop, descriptor: mine.release()), try Stream(loop, descriptor: its.release()))
      defer {
        one.close()
        other.close()
      }
      return await withCheckedContinuation { continuation in
        other.startReading({ continuation.resume(returning: $0.withUnsafeBytes { Array($0) }) }) { _ in }
        one.write([1, 2])
      }
    }
    #expect(heard == [1, 2])
  }
}
