/// Browsers that have been here over TLS come back over nothing else for a year (RFC 6797).
enum StrictTransport {
  static let line = Array("Strict-Transport-Security: max-age=31536000\r\n".utf8)
}
