public import EventLoop

/// The right, and the duty, to answer one request. The first response counts; letting go without one answers 500.
public final class Responder: @unchecked Sendable {
  private enum Asker: Sendable {
    case connection(Connection)
    case caller(@Sendable (Response) -> Void)

    func take(_ response: Response) {
      switch self {
      case .connection(let connection): connection.respond(response)
      case .caller(let receive): receive(response)
      }
    }
  }

  private let asker: Asker
  private let loop: EventLoop
  private var isUsed = false
  /// What is to happen when a caller goes; a connection keeps that itself.
  private var whenGone: (() -> Void)?

  init(_ connection: Connection) {
    asker = .connection(connection)
    loop = connection.server.loop
  }

  /// For a request that came by no connection; the response is handed over on the loop's thread.
  public init(_ loop: EventLoop, _ receive: @escaping @Sendable (Response) -> Void) {
    asker = .caller(receive)
    self.loop = loop
  }

  /// Answers, now or later. On the loop's thread the response is on its way when this returns; from another thread it
  /// takes a hop.
  public func respond(_ response: Response) {
    guard loop.isCurrent else {
      loop.execute { self.respond(response) }
      return
    }
    guard !isUsed else { return }
    isUsed = true
    whenGone = nil
    asker.take(response)
  }

  /// Calls back, on the loop's thread, when the client closes its side or the connection breaks before the answer. Call it
  /// on the loop's thread.
  public func onDisconnect(_ action: @escaping () -> Void) {
    guard !isUsed else { return }
    switch asker {
    case .connection(let connection): connection.onDisconnect = action
    case .caller: whenGone = action
    }
  }

  /// For a request that came by no connection: whoever made it has gone. Call it on the loop's thread.
  public func disconnect() {
    let action = whenGone
    whenGone = nil
    action?()
  }

  deinit {
    guard !isUsed else { return }
    let asker = asker
    if loop.isCurrent {
      asker.take(Refusal.internalError.response)
    } else {
      loop.execute { asker.take(Refusal.internalError.response) }
    }
  }
}
