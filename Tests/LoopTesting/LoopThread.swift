public import EventLoop
private import Glibc
private import Synchronization

/// A loop on a thread of its own, for the length of the body.
public func withLoop<Result: Sendable>(
  _ body: @escaping @Sendable (EventLoop) async throws -> Result
) async throws -> Result {
  let loop = try EventLoop()
  return try await withCheckedThrowingContinuation { continuation in
    let outcome = Outcome<Result>()
    // Made here and not on the new thread, so that it is a part of the test that waits for it.
    Task(executorPreference: loop) {
      do { outcome.set(.success(try await body(loop))) } catch { outcome.set(.failure(error)) }
      loop.stop()
    }
    let thread = Thread {
      loop.run()
      continuation.resume(with: outcome.value)
    }
    thread.start()
  }
}

private final class Outcome<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>?>(nil)

  var value: Result<Value, any Error> { result.withLock { $0 } ?? .failure(CancellationError()) }
  func set(_ new: Result<Value, any Error>) { result.withLock { $0 = new } }
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
