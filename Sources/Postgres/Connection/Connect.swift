internal import EventLoop

/// Why no connection came about, in libpq's words.
struct ConnectFailure: Error { let reason: String }

/// Opens a connection without blocking the loop.
/// - Throws: ``ConnectFailure``.
func connect(_ loop: EventLoop, _ conninfo: Conninfo, timeout: UInt64 = 5000) async throws -> NativeConnection {
  let deadline = loop.now + timeout
  let native = try await loop.offload { NativeConnection(conninfo) }
  // libpq may change sockets while it tries addresses, so each wait has a watch of its own.
  var next: Poll.Events = native.hasFailed ? [] : .writable
  while !next.isEmpty {
    guard await loop.wait(for: next, on: native.descriptor, until: deadline) else {
      throw ConnectFailure(reason: "no answer within \(timeout) ms")
    }
    switch native.advance() {
    case .reading: next = .readable
    case .writing: next = .writable
    case .ready: return native
    case .failed: next = []
    }
  }
  throw ConnectFailure(reason: native.errorMessage)
}

extension EventLoop {
  /// Waits until the descriptor is ready; false when the deadline comes first.
  func wait(for events: Poll.Events, on descriptor: Int32, until deadline: UInt64) async -> Bool {
    guard let poll = try? Poll(self, descriptor: descriptor) else { return false }
    let timer = LoopTimer(self)
    defer {
      poll.close()
      timer.close()
    }
    return await withCheckedContinuation { continuation in
      let once = Once(continuation)
      poll.start(events) { _ in once.resume(true) }
      timer.start(after: deadline > now ? deadline - now : 0) { once.resume(false) }
    }
  }
}

/// Resumes with whichever comes first.
private final class Once {
  private var continuation: CheckedContinuation<Bool, Never>?
  init(_ continuation: CheckedContinuation<Bool, Never>) { self.continuation = continuation }

  func resume(_ value: Bool) {
    continuation?.resume(returning: value)
    continuation = nil
  }
}
