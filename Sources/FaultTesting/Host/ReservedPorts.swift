private import Foundation

/// Ports that no other test's host takes before this one listens, or between two of its starts: of each, a file is locked,
/// which holds between processes too and ends with them.
final class ReservedPorts: Sendable {
  /// What the project's own ports are moved by.
  let base: Int
  private let locks: [Int32]

  init(_ ports: [Int]) throws {
    for _ in 0..<1000 {
      // Below the ports that the kernel hands out to clients.
      let base = Int.random(in: 11_000...22_000)
      guard let locks = ReservedPorts.lock(ports.map { $0 + base }) else { continue }
      (self.base, self.locks) = (base, locks)
      return
    }
    throw TestFailure("no free ports for a host; stop what uses those from 11000 to 32000")
  }

  deinit { for lock in locks { close(lock) } }

  /// - Returns: the open files; nil when one of the ports is somebody's.
  private static func lock(_ ports: [Int]) -> [Int32]? {
    var locks: [Int32] = []
    for port in ports {
      let file = unsafe open("/tmp/lakoo-test-port-\(port)", O_CREAT | O_RDWR | O_CLOEXEC, 0o666)
      if file >= 0 { locks.append(file) }
      guard file >= 0, flock(file, LOCK_EX | LOCK_NB) == 0, HTTP.canListen(port) else {
        for lock in locks { close(lock) }
        return nil
      }
    }
    return locks
  }
}
