internal import EventLoop
public import FunctionKit
public import HTTPClient

/// One try of a call, as it goes on its way.
public struct ServiceExchange: Sendable {
  public var service: String
  public var method: String
  /// Path and query.
  public var target: String
  public var headers: [(String, String)]
  public var body: [UInt8]
  /// What the callee has been told it may take.
  public var timeout: Duration

  public init(
    service: String, method: String, target: String, headers: [(String, String)], body: [UInt8] = [], timeout: Duration
  ) {
    self.service = service
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
    self.timeout = timeout
  }
}

/// A way to a service: within this process, over HTTP, or as a test plays it.
public struct ServiceTransport: Sendable {
  /// Gives the answer, of any status.
  /// - Throws: ``ServiceError`` when none came.
  public var send: @Sendable (ServiceExchange) async throws -> RawReply

  public init(send: @escaping @Sendable (ServiceExchange) async throws -> RawReply) { self.send = send }
}

extension ServiceTransport {
  /// The callee keeps the time itself; its word that the time is over gets this long to arrive.
  private static let grace = Duration.milliseconds(100)

  /// - Parameter baseURL: where the service's own port is, without a slash at the end.
  public static func http(_ client: HTTPClient, baseURL: @escaping @Sendable () -> String) -> ServiceTransport {
    ServiceTransport { exchange in
      do {
        let response = try await client.send(
          HTTPRequest(
            method: exchange.method, url: baseURL() + exchange.target, headers: exchange.headers, body: exchange.body,
            timeout: exchange.timeout + grace))
        return RawReply(status: response.status, headers: response.headers, contentType: nil, body: response.body)
      } catch let error as HTTPClientError {
        throw try failure(error, of: exchange)
      }
    }
  }

  private static func failure(_ error: HTTPClientError, of exchange: ServiceExchange) throws -> ServiceError {
    if error.code == .cancelled, Task.isCancelled { throw CancellationError() }
    guard error.code == .timedOut else {
      return ServiceError(
        exchange.service, 503, "service_unreachable",
        "The \(exchange.service) service can't be reached: \(error.message).", mayHaveActed: error.mayHaveArrived)
    }
    return ServiceError(
      exchange.service, 504, "function_timeout",
      "The \(exchange.service) service did not answer within \(exchange.timeout.milliseconds) ms.",
      mayHaveActed: error.mayHaveArrived)
  }
}
