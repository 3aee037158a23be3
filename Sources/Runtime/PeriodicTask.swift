public import EventLoop

/// Work in the background that is done again and again, and never twice at once.
public final class PeriodicTask: Sendable {
  private let loop: EventLoop
  private let delay: Duration
  private let interval: Duration
  private let work: @Sendable () async -> Void
  private let timer: LoopTimer
  private let running: LoopLocal<Task<Void, Never>?>

  /// - Parameters:
  ///   - delay: until the first time.
  ///   - interval: between beginnings; one that is due while the work goes on is left out.
  public init(
    _ loop: EventLoop, after delay: Duration, every interval: Duration, _ work: @escaping @Sendable () async -> Void
  ) {
    self.loop = loop
    self.delay = delay
    self.interval = interval
    self.work = work
    timer = LoopTimer(loop)
    running = LoopLocal(loop, nil)
  }

  public func start() {
    timer.start(after: delay.milliseconds, repeating: interval.milliseconds) { [weak self] in self?.begin() }
  }

  private func begin() {
    guard running.value == nil else { return }
    running.value = Task(executorPreference: loop) {
      await self.work()
      self.running.value = nil
    }
  }

  /// Begins nothing new, tells what runs to end, and waits for it.
  public func stop() async {
    timer.close()
    running.value?.cancel()
    await running.value?.value
  }
}
