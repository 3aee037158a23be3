/// Outgoing HTTP to configured upstreams. An upstream has a name, so that no address stands in a function.
public struct Upstreams: Sendable {
  let host: any InvocationHost

  /// Sends a request and gives whatever answer comes, of any status.
  /// - Throws: ``UpstreamError`` when no answer came.
  public func send(_ request: UpstreamRequest) async throws -> UpstreamResponse { try await host.send(request) }
}

public struct UpstreamRequest: Sendable {
  /// As `needs.outbound` lists it: `xendit`.
  public var upstream: String
  public var method: String
  /// The path below the upstream's base URL, with its query: `/v2/invoices?limit=1`.
  public var path: String
  public var headers: [(name: String, value: String)] = []
  public var body: [UInt8] = []
  public var timeout: Duration = .seconds(10)

  public init(_ upstream: String, _ method: String, _ path: String) {
    self.upstream = upstream
    self.method = method
    self.path = path
  }

  /// Sets a JSON body.
  public mutating func setBody(json value: some Encodable) throws {
    headers.append((name: "content-type", value: "application/json"))
    body = try encodeJSON(value)
  }
}

public struct UpstreamResponse: Sendable {
  public let status: Int
  public let headers: [(name: String, value: String)]
  public let body: [UInt8]

  public init(status: Int, headers: [(name: String, value: String)], body: [UInt8]) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The body as a value.
  public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
    try decodeJSON(type, from: body)
  }
}

/// A request that got no answer.
public struct UpstreamError: Error, Sendable, Equatable {
  public let message: String
  /// Whether the upstream may have acted on it all the same; false only when it surely never arrived.
  public let mayHaveArrived: Bool

  public init(message: String, mayHaveArrived: Bool) {
    self.message = message
    self.mayHaveArrived = mayHaveArrived
  }
}
