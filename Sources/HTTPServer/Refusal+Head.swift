/// What can be wrong with a request's head or framing.
extension Refusal {
  static let malformed = badRequest("The request is not well-formed HTTP/1.1. Check the request line and the headers.")
  static let foldedHeader = badRequest("A header is folded over several lines. Send each header on one line.")
  static let headerName = badRequest("A header name is not a token followed at once by a colon. Correct the header.")
  static let target = badRequest("The request target is not a valid path or http URL. Escape it properly.")
  static let missingHost = badRequest("HTTP/1.1 requires a Host header. Send exactly one.")
  static let duplicateHost = badRequest("There is more than one Host header. Send exactly one.")
  static let invalidHost = badRequest("The Host header is not a host name. Send the host and, if needed, its port.")
  static let contentLength = badRequest("Content-Length is not one decimal number. Send it once, as digits.")
  static let ambiguousLength = badRequest(
    "Content-Length and Transfer-Encoding are both present. Send only one of them.")
  static let codingInOldVersion = badRequest("HTTP/1.0 has no Transfer-Encoding. Use HTTP/1.1 or Content-Length.")
  static let chunk = badRequest("The chunked body is malformed. Send each chunk as its size in hex, CRLF, data, CRLF.")

  static let transferCoding = notImplemented(
    "The only transfer coding understood is chunked, given once. Use just that.")
  static let unknownMethod = notImplemented(
    "The method is not served here. Use GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS.")
}
