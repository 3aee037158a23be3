internal import EventLoop
private import Glibc

/// A postmaster that outlived the host that started it. The lock on the state directory is held when it is looked for,
/// so it has no owner.
struct Orphan {
  let processID: Int32
  let layout: Layout

  init?(of layout: Layout) {
    guard let file = PostmasterFile(layout), isPostmaster(file.processID, of: layout) else { return nil }
    processID = file.processID
    self.layout = layout
  }

  /// Asks for a fast shutdown, then an immediate one, and waits until it is gone.
  func end(on loop: EventLoop) async throws {
    for (signal, patience) in [(SIGINT, 5_000), (SIGQUIT, 10_000)] as [(Int32, UInt64)] {
      kill(processID, signal)
      let deadline = loop.now + patience
      while loop.now < deadline {
        guard isPostmaster(processID, of: layout) else { return }
        try await loop.sleep(for: .milliseconds(10))
      }
    }
    throw LocalPostgresError(
      .orphan,
      "the PostgreSQL server of an earlier host (process \(processID)) still uses \(layout.cluster) and does not end; "
        + "end it with: kill -QUIT \(processID)")
  }
}
