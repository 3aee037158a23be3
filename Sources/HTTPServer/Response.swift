/// An answer. The server adds `Date`, the framing headers and `Connection`; those of a handler are left out.
public struct Response: Sendable {
  public enum Body: Sendable {
    case bytes([UInt8])
    /// Sent in chunks as the closure writes them. A closure that throws cuts the connection, so that the client does not
    /// take a part for the whole.
    case stream(@Sendable (BodyWriter) async throws -> Void)
  }

  public var status: Int
  public var headers: [(String, String)]
  /// Sent after the headers.
  public var lines = HeaderLines.none
  public var body: Body

  public init(status: Int = 200, headers: [(String, String)] = [], body: Body = .bytes([])) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// A body of JSON that is already encoded.
  public static func json(status: Int = 200, _ bytes: [UInt8]) -> Response {
    Response(status: status, headers: jsonHeaders, body: .bytes(bytes))
  }

  private static let jsonHeaders = [("Content-Type", "application/json")]
}
