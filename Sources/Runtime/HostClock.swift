public import FunctionKit
private import Glibc
private import Synchronization

/// The time that functions, schedules and retries go by. Development and tests may move it forward.
public final class HostClock: Sendable {
  private let offset = Atomic<Int64>(0)

  public init() {}

  public var now: Instant { Instant(microseconds: wallMicroseconds() + offset.load(ordering: .relaxed)) }

  /// How far the clock has been moved.
  public var shift: Duration { .microseconds(offset.load(ordering: .relaxed)) }

  public func advance(by duration: Duration) {
    offset.wrappingAdd(duration.microseconds, ordering: .relaxed)
  }

  private func wallMicroseconds() -> Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }
}
