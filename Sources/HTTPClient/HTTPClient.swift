public import EventLoop

/// Sends requests to servers from the loop, over connections that are kept and shared.
///
/// Redirects are not followed, no proxy is used and certificates are checked: a request goes to the server that its URL
/// names or nowhere. Call it on the loop's thread, and ``close()`` it before the loop ends.
public final class HTTPClient: Sendable {
  private let loop: EventLoop
  private let driver: Driver
  private let allowed: Set<String>?

  /// - Parameters:
  ///   - allowedOrigins: `scheme://host` or `scheme://host:port`, the only ones that are ever connected to; nil allows all.
  ///   - connectionsPerHost: further requests wait for one of them.
  /// - Throws: ``HTTPClientError`` with code `badURL` for an origin that is none.
  public init(loop: EventLoop, allowedOrigins: Set<String>?, connectionsPerHost: Int = 32) throws(HTTPClientError) {
    self.loop = loop
    var allowed = Set<String>()
    for origin in allowedOrigins ?? [] { allowed.insert(try RequestURL(origin).origin) }
    self.allowed = allowedOrigins == nil ? nil : allowed
    driver = try Driver(loop, connectionsPerHost)
  }

  /// Sends the request and waits for the whole response, whatever its status.
  ///
  /// A request that is not idempotent is sent at most once. Cancelling the task breaks the exchange off.
  /// - Throws: ``HTTPClientError``.
  public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    assert(loop.isCurrent, "a request was sent from another thread than the loop's")
    let transfer = try Transfer(request, try checked(request), on: loop)
    guard !Task.isCancelled else { throw transfer.error(.cancelled, "the task was cancelled") }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { driver.start(transfer, $0) }
    } onCancel: {
      loop.execute { self.driver.end(transfer, .cancelled, "the task was cancelled") }
    }
  }

  /// Ends what is under way with the code `cancelled` and closes the connections.
  public func close() { driver.close() }

  private func checked(_ request: HTTPRequest) throws(HTTPClientError) -> RequestURL {
    let url = try RequestURL(request.url, isVerbatim: request.socketPath != nil)
    try RequestCheck.check(request, url.label)
    if let allowed, !allowed.contains(url.origin) {
      throw HTTPClientError(
        .notAllowed,
        "\(request.method) \(url.label): the origin \(url.origin) is not among those this client may reach; "
          + "allow it if the request is meant")
    }
    return url
  }
}
