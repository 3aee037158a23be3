private import CLibPQ

/// Asks the server to give up what a connection is running; outlives the connection.
final class CancelRequest: @unchecked Sendable {
  private let raw: OpaquePointer

  init?(_ connection: NativeConnection) {
    guard let raw = PQgetCancel(connection.raw) else { return nil }
    self.raw = raw
  }

  deinit { PQfreeCancel(raw) }

  /// Connects, asks and waits until the server has heard it: for the thread pool, since it blocks.
  func send() {
    var reason = [CChar](repeating: 0, count: 256)
    _ = PQcancel(raw, &reason, Int32(reason.count))
  }
}
