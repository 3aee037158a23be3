import EventLoop
import Glibc

/// A worker whose supervisor is gone. Its loop finishes what runs and ends; one that a function holds up can't do that,
/// and would keep the ports from the next host, and locks in the database from everybody.
enum Orphan {
  /// Seconds: half as long again as a loop that turns takes at most.
  private static let bound: UInt32 = 15

  /// - Throws: ``LoopError``.
  static func watch(_ order: WorkerOrder) throws {
    try whenHungUp(Descriptors.control) {
      for listener in order.listeners { stopListening(listener.descriptor) }
      sleep(bound)
      kill(getpid(), SIGKILL)
    }
  }
}
