private import CLibUV

/// Calls back on the loop after a while, once or again and again.
public final class LoopTimer: @unchecked Sendable {
  private let memory = HandleMemory<uv_timer_t>()
  private var fire: () -> Void = {}

  public init(_ loop: EventLoop) {
    uv_timer_init(loop.raw, memory.pointer)
    memory.attach(self)
  }

  /// Starts, or starts anew. Milliseconds; `repeating` 0 means once.
  public func start(after delay: UInt64, repeating interval: UInt64 = 0, _ fire: @escaping () -> Void) {
    guard !memory.isClosing else { return }
    self.fire = fire
    uv_timer_start(
      memory.pointer, { timer in owner(timer!.pointee.data, as: LoopTimer.self).fire() }, delay, interval)
  }

  public func stop() {
    guard !memory.isClosing else { return }
    uv_timer_stop(memory.pointer)
    fire = {}
  }

  /// Ends the timer for good. An open timer keeps itself alive.
  public func close() {
    fire = {}
    memory.close()
  }
}
