private import Glibc

/// Nanoseconds since 1970: spans of several machines stand side by side, so they go by no clock that anybody moves.
public func wallNanoseconds() -> UInt64 {
  var time = timespec()
  unsafe clock_gettime(CLOCK_REALTIME, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
