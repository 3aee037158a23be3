private import CCrash
private import CLibUV

extension EventLoop {
  /// Runs the work on libuv's thread pool and resumes on the loop: for what computes or blocks for long.
  public func offload<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    let mark = CrashMark.current
    return try await withCheckedThrowingContinuation { continuation in
      let errand = Errand {
        lakoo_crash_adopt_thread()
        lakoo_crash_mark_thread(mark.raw)
        let result = Result { try work() }
        lakoo_crash_mark_thread(lakoo_mark())
        return { continuation.resume(with: result) }
      }
      errand.start(on: self)
    }
  }
}

/// One piece of work on its way through the thread pool.
private final class Errand: @unchecked Sendable {
  private let request = UnsafeMutablePointer<uv_work_t>.allocate(capacity: 1)
  private let work: @Sendable () -> @Sendable () -> Void
  private var finish: @Sendable () -> Void = {}

  init(_ work: @escaping @Sendable () -> @Sendable () -> Void) { self.work = work }

  deinit { request.deallocate() }

  func start(on loop: EventLoop) {
    request.pointee.data = Unmanaged.passRetained(self).toOpaque()
    uv_queue_work(
      loop.raw, request,
      { request in
        let errand = Unmanaged<Errand>.fromOpaque(request!.pointee.data).takeUnretainedValue()
        errand.finish = errand.work()
      },
      { request, _ in Unmanaged<Errand>.fromOpaque(request!.pointee.data).takeRetainedValue().finish() })
  }
}
