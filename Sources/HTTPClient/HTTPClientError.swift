/// Why there is no response.
public struct HTTPClientError: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Code: Sendable {
    /// The response was not complete when the time was up, or no connection stood in time.
    case timedOut
    /// The task was cancelled, or the client closed.
    case cancelled
    /// The name did not resolve or nobody took the connection.
    case connectFailed
    /// The handshake failed or the certificate is not trusted.
    case tls
    /// The body is longer than the request allows, or the head longer than 64 KiB.
    case tooLarge
    /// The origin is not on the client's allow-list.
    case notAllowed
    /// The URL is not an absolute `http` or `https` one.
    case badURL
    /// The method or a header can't be sent as it is.
    case badRequest
    /// The exchange broke off.
    case failed
  }

  public let code: Code
  /// Method, host and path, and what happened; never the query or a header, for those hold secrets.
  public let message: String
  /// False only when it is certain that nothing of the request was sent, so that repeating it is safe.
  public let mayHaveArrived: Bool

  public init(_ code: Code, _ message: String, mayHaveArrived: Bool = false) {
    self.code = code
    self.message = message
    self.mayHaveArrived = mayHaveArrived
  }

  public var description: String { message }
}
