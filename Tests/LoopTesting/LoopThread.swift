public import EventLoop
private import Glibc
private import Synchronization

/// A loop on a thread of its own, for the length of the body.
public func withLoop<Result: Sendable>(
  _ body: @escaping @Sendable (EventLoop) async throws -> Result
) async throws -> Result {
  let loop = try EventLoop()
  return try await withCheckedThrowingContinuation { continuation in
    let thread = Thread {
      let outcome = Mutex<Swift.Result<Result, any Error>?>(nil)
      Task(executorPreference: loop) {
        do {
          let value = try await body(loop)
          outcome.withLock { $0 = .success(value) }
        } catch {
          outcome.withLock { $0 = .failure(error) }
        }
        loop.stop()
      }
      loop.run()
      continuation.resume(with: outcome.withLock { $0 } ?? .failure(CancellationError()))
    }
    thread.start()
  }
}

/// A detached POSIX thread.
public struct Thread {
  private let body: @Sendable () -> Void

  public init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  private final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  public func start() {
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Box(body)).toOpaque()
    pthread_create(
      &thread, nil,
      { box in
        Unmanaged<Box>.fromOpaque(box!).takeRetainedValue().body()
        return nil
      }, box)
    pthread_detach(thread)
  }
}
