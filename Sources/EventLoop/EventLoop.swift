private import CCrash
internal import CLibUV
private import Glibc
private import Synchronization

/// One libuv loop on one thread, which is also the executor of every task that prefers it: a continuation resumed by a
/// libuv callback goes on where it was, without a hop.
///
/// Make it, then call ``run()`` once, on the thread that is to own it. Only ``execute(_:)``, ``stop()`` and the
/// executor's own `enqueue` may be called from other threads.
public final class EventLoop: TaskExecutor, @unchecked Sendable {
  let raw: UnsafeMutablePointer<uv_loop_t>
  private let wakeUp = UnsafeMutablePointer<uv_async_t>.allocate(capacity: 1)
  private let beforePoll = UnsafeMutablePointer<uv_prepare_t>.allocate(capacity: 1)
  private let busy = UnsafeMutablePointer<uv_idle_t>.allocate(capacity: 1)

  private var thread: pthread_t?
  @exclusivity(unchecked) private var ready: [UnownedJob] = []
  @exclusivity(unchecked) private(set) var batch: [UnownedJob] = []
  /// The first of the batch that has not been begun.
  @exclusivity(unchecked) private(set) var nextInBatch = 0
  private var turnHooks: [() -> Void] = []
  /// Called after a trap that was contained, before anything else runs. Another trap meanwhile ends the process.
  public var onCrash: ((ContainedCrash) -> Void)?
  private let remote = Mutex(Remote())
  var readBuffer: UnsafeMutableBufferPointer<CChar>

  /// What other threads have asked of the loop since it last looked.
  private struct Remote {
    var jobs: [UnownedJob] = []
    var work: [@Sendable () -> Void] = []
    var isStopping = false
    /// The loop is over: nobody will look any more, and there is no handle to wake it by.
    var isOver = false
  }

  /// - Throws: ``LoopError`` when the kernel refuses the loop's descriptors.
  public init() throws(LoopError) {
    raw = .allocate(capacity: 1)
    readBuffer = .allocate(capacity: 65_536)
    try check(uv_loop_init(raw), "start an event loop")
    try check(
      uv_async_init(raw, wakeUp) { loop(of: $0!.pointee.data).takeRemote() }, "watch for other threads")
    uv_prepare_init(raw, beforePoll)
    uv_idle_init(raw, busy)
    let me = Unmanaged.passUnretained(self).toOpaque()
    wakeUp.pointee.data = me
    beforePoll.pointee.data = me
    uv_prepare_start(beforePoll) { loop(of: $0!.pointee.data).endTurn() }
  }

  /// Runs until ``stop()``. Every handle that is still open then is closed.
  public func run() {
    thread = pthread_self()
    lakoo_crash_adopt_thread()
    uv_async_send(wakeUp)
    uv_run(raw, UV_RUN_DEFAULT)
    closeEverything()
  }

  /// Ends ``run()`` after the current turn; from any thread.
  public func stop() {
    ask { $0.isStopping = true }
  }

  /// Runs the work on the loop's thread, soon; from any thread. When the loop is over the work is dropped.
  public func execute(_ work: @escaping @Sendable () -> Void) {
    ask { $0.work.append(work) }
  }

  /// Leaves a wish and wakes the loop. Under the lock, so that the handle can't be closed in between.
  private func ask(_ wish: (inout Remote) -> Void) {
    remote.withLock { remote in
      guard !remote.isOver else { return }
      wish(&remote)
      uv_async_send(wakeUp)
    }
  }

  /// Calls the hook at the end of every turn, just before the loop waits: the place to send what the turn has collected.
  public func onTurnEnd(_ hook: @escaping () -> Void) { turnHooks.append(hook) }

  /// Whether the caller runs on the loop's thread.
  public var isCurrent: Bool {
    guard let thread else { return false }
    return pthread_equal(pthread_self(), thread) != 0
  }

  /// Milliseconds of the loop's monotonic clock, as of the start of this turn.
  public var now: UInt64 { uv_now(raw) }

  // MARK: Executor

  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    if isCurrent {
      ready.append(job)
    } else {
      ask { $0.jobs.append(job) }
    }
  }

  public func asUnownedTaskExecutor() -> UnownedTaskExecutor { UnownedTaskExecutor(ordinary: self) }

  private func takeRemote() {
    var taken = Remote()
    remote.withLock {
      swap(&taken.jobs, &$0.jobs)
      swap(&taken.work, &$0.work)
      taken.isStopping = $0.isStopping
    }
    ready.append(contentsOf: taken.jobs)
    for work in taken.work { work() }
    if taken.isStopping { uv_stop(raw) }
  }

  /// Runs what became ready, and what that made ready in turn, then the hooks: a task that goes on after a hop sends what
  /// it has together. Tasks that keep each other busy yield to I/O after some rounds.
  private func endTurn() {
    var rounds = 0
    repeat {
      repeat {
        runReady()
        rounds += 1
      } while !ready.isEmpty && rounds < 32
      for hook in turnHooks { hook() }
    } while !ready.isEmpty && rounds < 32
    if ready.isEmpty { uv_idle_stop(busy) } else { uv_idle_start(busy) { _ in } }
  }

  private func runReady() {
    swap(&ready, &batch)
    nextInBatch = 0
    runBatch()
    batch.removeAll(keepingCapacity: true)
  }

  func runJobs() {
    let executor = asUnownedTaskExecutor()
    while nextInBatch < batch.count {
      // Counted first: a job that traps is not run again.
      nextInBatch += 1
      // As no actor's: else each wait would first go through the queue, and what it is to hear could come before it waits.
      batch[nextInBatch - 1].runSynchronously(on: executor)
    }
  }

  private func closeEverything() {
    remote.withLock { $0.isOver = true }
    takeRemote()
    for own in [UnsafeMutableRawPointer(wakeUp), UnsafeMutableRawPointer(beforePoll), UnsafeMutableRawPointer(busy)] {
      uv_close(own.assumingMemoryBound(to: uv_handle_t.self)) { $0!.pointee.data = nil }
    }
    uv_walk(raw, { handle, _ in if uv_is_closing(handle!) == 0 { closeHandle(handle!) } }, nil)
    while uv_run(raw, UV_RUN_NOWAIT) != 0 {}
    runReady()
    uv_loop_close(raw)
    // Another thread may get the same number.
    thread = nil
  }
}

private func loop(of data: UnsafeMutableRawPointer?) -> EventLoop {
  Unmanaged<EventLoop>.fromOpaque(data!).takeUnretainedValue()
}
