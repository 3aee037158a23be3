private import CCrash

extension EventLoop {
  /// Runs work on the loop's thread that a trap may end: then what follows goes on, and ``onCrash`` has been told. The task
  /// that trapped never goes on, and what its frames held is never released.
  public func contain(_ work: @escaping () -> Void) {
    let isOver = withUnsafePointer(to: Work(run: work)) { work in
      lakoo_guarded(
        { $0!.assumingMemoryBound(to: Work.self).pointee.run() }, UnsafeMutableRawPointer(mutating: work)) == 0
    }
    if !isOver { crashed() }
  }

  /// Runs the jobs of the batch that have not been begun; one that traps is left behind, and the others have their turn.
  func runBatch() {
    let me = Unmanaged.passUnretained(self).toOpaque()
    while nextInBatch < batch.count {
      let trapped = lakoo_guarded({ Unmanaged<EventLoop>.fromOpaque($0!).takeUnretainedValue().runJobs() }, me)
      if trapped != 0 { crashed() }
    }
  }

  private func crashed() {
    let crash = lakoo_crash_last()
    onCrash?(ContainedCrash(number: crash.number, signal: crash.signal, mark: CrashMark(crash.mark)))
    // For its children's sake.
    if let task = crash.task { lakoo_crash_cancel(task) }
    lakoo_crash_recovered()
  }
}

/// A closure in memory as it is; by itself it would be wrapped in another one there.
private struct Work { let run: () -> Void }
