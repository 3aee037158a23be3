import COpenSSL
import Glibc

/// A blocking client that speaks TLS, and believes any certificate.
final class SecureClient {
  struct Terms {
    var version: Int32?
    var protocols: [String] = []
  }

  private let descriptor: Int32
  private let context: OpaquePointer
  let session: OpaquePointer
  /// Whether the handshake succeeded; only then can anything be sent.
  private(set) var isOpen = false
  private(set) var end: Int32?
  private var buffer: [UInt8] = []

  init(port: Int, _ terms: Terms = Terms()) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var patience = timeval(tv_sec: 10, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let status = withUnsafePointer(to: &address) {
      connect(descriptor, UnsafeRawPointer($0).assumingMemoryBound(to: sockaddr.self), 16)
    }
    precondition(status == 0, "can't connect: \(errno)")
    self.descriptor = descriptor
    context = SSL_CTX_new(TLS_client_method())
    session = SSL_new(context)
    SSL_set_fd(session, descriptor)
    apply(terms)
    isOpen = SSL_connect(session) == 1
  }

  /// The first that a client says.
  static func hello() -> [UInt8] {
    let context = SSL_CTX_new(TLS_client_method())
    defer { SSL_CTX_free(context) }
    let session = SSL_new(context)
    defer { SSL_free(session) }
    let output = BIO_new(BIO_s_mem())
    SSL_set_bio(session, BIO_new(BIO_s_mem()), output)
    SSL_connect(session)
    var bytes = [UInt8](repeating: 0, count: 4096)
    return Array(bytes.prefix(Int(BIO_read(output, &bytes, 4096))))
  }

  private func apply(_ terms: Terms) {
    if let version = terms.version {
      SSL_set_security_level(session, 0)
      SSL_ctrl(session, SSL_CTRL_SET_MIN_PROTO_VERSION, Int(version), nil)
      SSL_ctrl(session, SSL_CTRL_SET_MAX_PROTO_VERSION, Int(version), nil)
    }
    let offer = terms.protocols.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }
    if !offer.isEmpty { SSL_set_alpn_protos(session, offer, UInt32(offer.count)) }
  }

  deinit {
    SSL_free(session)
    SSL_CTX_free(context)
    Glibc.close(descriptor)
  }

  var version: String { String(cString: SSL_get_version(session)) }

  /// What was agreed on to speak; empty when nothing was said about it.
  var chosenProtocol: String {
    var start: UnsafePointer<UInt8>?
    var count: UInt32 = 0
    SSL_get0_alpn_selected(session, &start, &count)
    return String(decoding: UnsafeBufferPointer(start: start, count: Int(count)), as: UTF8.self)
  }

  /// The common name of the server's certificate.
  var server: String {
    guard let certificate = SSL_get1_peer_certificate(session) else { return "" }
    defer { X509_free(certificate) }
    var name = [CChar](repeating: 0, count: 64)
    let count = X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, &name, 64)
    return String(decoding: name.prefix(Int(max(0, count))).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  var wasResumed: Bool { SSL_session_reused(session) == 1 }

  func send(_ text: String) {
    let bytes = Array(text.utf8)
    SSL_write(session, bytes, Int32(bytes.count))
  }

  private func fill() -> Bool {
    guard isOpen, end == nil else { return false }
    var piece = [UInt8](repeating: 0, count: 65536)
    let count = SSL_read(session, &piece, Int32(piece.count))
    if count > 0 { buffer += piece[..<Int(count)] } else { end = SSL_get_error(session, count) }
    return count > 0
  }

  /// Whether the server ends the connection without another byte, and says so.
  var isClosed: Bool { buffer.isEmpty && !fill() && end == SSL_ERROR_ZERO_RETURN }

  /// The head and the body of one response with a length; nil when the connection ends first.
  func reply() -> (head: String, body: [UInt8])? {
    let blank = Array("\r\n\r\n".utf8)
    while buffer.firstRange(of: blank) == nil { guard fill() else { return nil } }
    let end = buffer.firstRange(of: blank)!.upperBound
    let head = String(decoding: buffer[..<end], as: UTF8.self)
    let length = head.split(separator: "\r\n").lazy.filter { $0.hasPrefix("Content-Length: ") }.first
    let count = length.flatMap { Int($0.dropFirst(16)) } ?? 0
    while buffer.count < end + count { guard fill() else { return nil } }
    defer { buffer.removeFirst(end + count) }
    return (head, Array(buffer[end..<end + count]))
  }

  func get(_ path: String) -> (head: String, body: [UInt8])? {
    send("GET \(path) HTTP/1.1\r\nHost: h\r\n\r\n")
    return reply()
  }
}
