private import Crypto
internal import FunctionKit
internal import HTTPServer

/// Bytes that stay the same as long as the process runs.
struct StaticFile: Sendable {
  private let contentType: String
  private let bytes: [UInt8]
  private let tag: String

  init(_ contentType: String, _ bytes: [UInt8]) {
    self.contentType = contentType
    self.bytes = bytes
    tag = "\"\(hexString(sha256(bytes)).prefix(16))\""
  }

  /// 304 for a client that has these very bytes.
  func reply(to request: Request) -> RawReply {
    guard request.headers.joined("if-none-match") != tag else {
      return RawReply(status: 304, headers: headers, contentType: nil, body: [])
    }
    return RawReply(headers: headers, contentType: contentType, body: bytes)
  }

  /// A page may load what this host serves and nothing else.
  private var headers: [(name: String, value: String)] {
    [
      ("etag", tag), ("cache-control", "no-cache"), ("x-content-type-options", "nosniff"),
      (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; "
          + "form-action 'none'; frame-ancestors 'none'"
      ),
    ]
  }
}
