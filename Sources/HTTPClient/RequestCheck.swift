/// What a request may contain, so that no value from outside can add a header or a second request.
enum RequestCheck {
  /// They frame the message or choose the server, which is the client's to do.
  private static let reserved: Set<String> = ["content-length", "transfer-encoding", "connection", "host", "expect"]

  static func check(_ request: HTTPRequest, _ label: String) throws(HTTPClientError) {
    guard isToken(request.method), request.method != "CONNECT", request.method != "TRACE" else {
      throw HTTPClientError(
        .badRequest, "a request to \(label) has a method that can't be sent; use GET, POST or the like")
    }
    for (name, value) in request.headers {
      guard isToken(name) else { throw refusal(request, label, "a header's name is not a token") }
      guard !reserved.contains(name.lowercased()) else {
        throw refusal(request, label, "the header '\(name)' is set by the client itself; leave it out")
      }
      guard value.utf8.allSatisfy(isText) else {
        throw refusal(request, label, "the value of the header '\(name)' contains a control character; encode it")
      }
    }
  }

  /// Whether repeating the request does no more than sending it once.
  static func isIdempotent(_ method: String) -> Bool {
    ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"].contains(method)
  }

  private static func refusal(_ request: HTTPRequest, _ label: String, _ what: String) -> HTTPClientError {
    HTTPClientError(.badRequest, "\(request.method) \(label): \(what)")
  }

  private static func isText(_ byte: UInt8) -> Bool { byte == 0x09 || (byte >= 0x20 && byte != 0x7f) }

  private static func isToken(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }
}
