import FunctionKit

/// Calls a broadcast off, with those of its messages that still wait.
struct CancelBroadcast: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> BroadcastView {
    let work = context.ownWork
    guard let broadcast = try await work.lockBroadcast(input.id) else { throw Problem.notFound("broadcast") }
    try context.requireVersion(broadcast.version)
    try await work.set(broadcast, to: .cancelled, because: "cancel_broadcast")
    let waiting = try await work.cancel(broadcast.cancelKey)
    if broadcast.status.isOver, waiting == 0, try await !work.isHandingOver(broadcast) {
      throw Problem(
        409, "nothing_waits", "The broadcast is \(broadcast.status.rawValue), and none of its messages waits.")
    }
    return try await work.db.broadcast(input.id)
  }
}

extension Work {
  /// Whether one of its messages is with its carrier, and may yet come back to be tried again.
  fileprivate func isHandingOver(_ broadcast: BroadcastRecord) async throws -> Bool {
    try await db.one(
      "select exists (select from notification where cancel_key = \(broadcast.cancelKey) and status = 'queued')")
  }
}
