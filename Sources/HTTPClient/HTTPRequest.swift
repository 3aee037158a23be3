/// One request to a server. The URL names the server; nothing else can send it elsewhere.
public struct HTTPRequest: Sendable {
  public var method: String
  /// Absolute, `http` or `https`, without user and password.
  public var url: String
  public var headers: [(String, String)]
  public var body: [UInt8]
  /// For the whole exchange, the wait for a free connection included.
  public var timeout: Duration
  /// A longer response body ends the exchange.
  public var maxResponseBytes: Int
  /// The Unix socket that the server listens on; the URL only says what is asked of it then.
  public var socketPath: String?

  public init(
    method: String = "GET", url: String, headers: [(String, String)] = [], body: [UInt8] = [],
    timeout: Duration = .seconds(30), maxResponseBytes: Int = 10 << 20
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeout = timeout
    self.maxResponseBytes = maxResponseBytes
  }
}

/// What the server answered, whatever its status.
public struct HTTPResponse: Sendable {
  public var status: Int
  /// In the server's order; names in lower case.
  public var headers: [(name: String, value: String)]
  /// As sent: a content encoding is not undone.
  public var body: [UInt8]

  public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The first header of that name, in any case.
  public func header(_ name: String) -> String? {
    let name = name.lowercased()
    return headers.first { $0.name == name }?.value
  }
}
