internal import EventLoop
internal import FunctionKit
internal import HTTPServer
internal import Runtime
private import Synchronization

extension Gateway {
  /// How functions of this process call each other: the request takes the way of one that came in at the service's own
  /// port, only without a socket, so that nothing is let through here that is not let through there.
  func hostServices() {
    services.directory.host(
      bundles.map(\.name) + forwarders.keys,
      ServiceTransport { [weak self] exchange in
        guard let self else { throw CancellationError() }
        return try await answer(exchange)
      })
  }

  private func answer(_ exchange: ServiceExchange) async throws -> RawReply {
    guard
      let request = Request(
        exchange.method, exchange.target, headers: exchange.headers, body: exchange.body, tag: try tag(exchange))
    else {
      throw ServiceError(
        exchange.service, 503, "service_unreachable",
        "The \(exchange.service) service can't be reached: the call has a path or a header that can't be sent.",
        mayHaveActed: false)
    }
    let wait = ReplyWait()
    // The callee works on when the caller is cancelled, as over a socket.
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        guard wait.begin(continuation) else { return }
        handle(request, Responder(services.loop) { wait.end(.success(RawReply($0))) })
      }
    } onCancel: {
      wait.end(.failure(CancellationError()))
    }
  }

  private func tag(_ exchange: ServiceExchange) throws(ServiceError) -> Int {
    guard let tag = doorTag(of: .service(exchange.service)) else {
      throw ServiceError(
        exchange.service, 503, "service_unreachable", "The \(exchange.service) service has no port yet.",
        mayHaveActed: false)
    }
    return tag
  }
}

/// A caller that waits for a reply; when its wait is ended otherwise it goes on at once, and what comes then is dropped.
final class ReplyWait: Sendable {
  private enum State {
    case idle, over
    case waiting(CheckedContinuation<RawReply, any Error>)
  }

  private let state = Mutex(State.idle)

  /// - Returns: whether there is still somebody to wait.
  func begin(_ continuation: CheckedContinuation<RawReply, any Error>) -> Bool {
    let isOver = state.withLock { state in
      if case .over = state { return true }
      state = .waiting(continuation)
      return false
    }
    if isOver { continuation.resume(throwing: CancellationError()) }
    return !isOver
  }

  func end(_ result: Result<RawReply, any Error>) {
    let before = state.withLock { state in
      defer { state = .over }
      return state
    }
    if case .waiting(let continuation) = before { continuation.resume(with: result) }
  }
}

extension RawReply {
  /// What of a response another function gets to see.
  init(_ response: Response) {
    var bytes: [UInt8] = []
    if case .bytes(let body) = response.body { bytes = body }
    self.init(
      status: response.status, headers: response.headers.map { (name: $0.lowercased(), value: $1) }, contentType: nil,
      body: bytes)
  }
}
