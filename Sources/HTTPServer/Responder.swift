import EventLoop

/// The right, and the duty, to answer one request. The first response counts; letting go without one answers 500.
public final class Responder: @unchecked Sendable {
  private let connection: Connection
  private var isUsed = false

  init(_ connection: Connection) { self.connection = connection }

  /// Answers, now or later. On the loop's thread the response is on its way when this returns; from another thread it
  /// takes a hop.
  public func respond(_ response: Response) {
    guard connection.server.loop.isCurrent else {
      connection.server.loop.execute { self.respond(response) }
      return
    }
    guard !isUsed else { return }
    isUsed = true
    connection.respond(response)
  }

  /// Calls back, on the loop's thread, when the client closes its side or the connection breaks before the answer. Call it
  /// on the loop's thread.
  public func onDisconnect(_ action: @escaping () -> Void) {
    if !isUsed { connection.onDisconnect = action }
  }

  deinit {
    guard !isUsed else { return }
    let connection = connection
    if connection.server.loop.isCurrent {
      connection.respond(Refusal.internalError.response)
    } else {
      connection.server.loop.execute { connection.respond(Refusal.internalError.response) }
    }
  }
}
