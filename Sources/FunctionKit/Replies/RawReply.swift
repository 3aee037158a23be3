/// An HTTP answer as bytes.
public struct RawReply: Sendable {
  public var status: Int
  public var headers: [(name: String, value: String)]
  public var contentType: String?
  public var body: [UInt8]
  /// Whether a repeat under the same `Idempotency-Key` gets this answer again; an interim one is asked for anew.
  public var isFinal = true

  public init(
    status: Int = 200, headers: [(name: String, value: String)] = [], contentType: String? = "application/json",
    body: [UInt8]
  ) {
    self.status = status
    self.headers = headers
    self.contentType = contentType
    self.body = body
  }

  /// `{"success": true, "data": …}`.
  init(success value: some Encodable, status: Int = 200) throws {
    var body = Array(#"{"success":true,"data":"#.utf8)
    try encodeJSON(value, into: &body)
    body.append(UInt8(ascii: "}"))
    self.init(status: status, body: body)
  }
}

/// An output that decides status, headers and form of its answer.
public protocol ReplyConvertible: Encodable {
  func reply() throws -> RawReply
}
