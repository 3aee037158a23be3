public import FunctionKit
private import Glibc
private import Synchronization

/// The time that functions, schedules and retries go by. Development and tests may move it forward.
public final class HostClock: Sendable {
  private let offset: Atomic<Int64>
  private let onMove: @Sendable (Duration) -> Void

  /// - Parameters:
  ///   - shift: how far ahead of the real time it is.
  ///   - onMove: told how far ahead the clock is after each move.
  public init(shift: Duration = .zero, onMove: @escaping @Sendable (Duration) -> Void = { _ in }) {
    offset = Atomic(shift.microseconds)
    self.onMove = onMove
  }

  public var now: Instant { Instant(microseconds: wallMicroseconds() + offset.load(ordering: .relaxed)) }

  /// How far the clock has been moved.
  public var shift: Duration { .microseconds(offset.load(ordering: .relaxed)) }

  public func advance(by duration: Duration) {
    offset.wrappingAdd(duration.microseconds, ordering: .relaxed)
    onMove(shift)
  }

  private func wallMicroseconds() -> Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }
}
