private import COpenSSL

/// The server's side of one TLS connection, without the connection: bytes of the network go in and come out here.
///
/// It is of one thread only.
public final class TLSSession {
  public enum Outcome: Equatable, Sendable {
    /// More may come.
    case open
    /// The client has said that nothing more will come.
    case ended
    /// What came was no TLS, or not of this connection; an alert may wait to be sent.
    case failed
  }

  private let raw: OpaquePointer
  private let input, output: OpaquePointer
  public private(set) var isEstablished = false
  private var hasFailed = false

  /// OpenSSL's buffers stay as large as they ever were, so what goes through them goes in pieces of one record.
  private static let recordSize = 16 * 1024

  /// - Returns: nil when there is no memory for one more.
  public init?(_ context: TLSContext) {
    guard let raw = SSL_new(context.raw), let input = BIO_new(BIO_s_mem()), let output = BIO_new(BIO_s_mem()) else {
      return nil
    }
    (self.raw, self.input, self.output) = (raw, input, output)
    tls_shim_empty_is_retry(input)
    SSL_set_bio(raw, input, output)
    SSL_set_accept_state(raw)
  }

  deinit { SSL_free(raw) }

  /// Takes bytes of the network and hands on what they say, until `take` answers that nobody wants more.
  public func receive(_ bytes: RawSpan, _ take: (borrowing RawSpan) -> Bool) -> Outcome {
    var start = 0
    while start < bytes.byteCount, !hasFailed {
      let end = min(start + Self.recordSize, bytes.byteCount)
      bytes.extracting(start..<end).withUnsafeBytes { _ = BIO_write(input, $0.baseAddress, Int32($0.count)) }
      let outcome = advance(take)
      guard outcome == .open else { return outcome }
      start = end
    }
    return hasFailed ? .failed : .open
  }

  private func advance(_ take: (borrowing RawSpan) -> Bool) -> Outcome {
    ERR_clear_error()
    guard isEstablished || handshake() else { return outcome(of: -1) }
    return withUnsafeTemporaryAllocation(byteCount: Self.recordSize, alignment: 16) { buffer in
      while true {
        ERR_clear_error()
        let count = SSL_read(raw, buffer.baseAddress, Int32(buffer.count))
        guard count > 0 else { return outcome(of: count) }
        guard take(UnsafeRawBufferPointer(rebasing: buffer[..<Int(count)]).bytes) else { return .open }
      }
    }
  }

  private func handshake() -> Bool {
    isEstablished = SSL_do_handshake(raw) == 1
    return isEstablished
  }

  private func outcome(of status: Int32) -> Outcome {
    switch SSL_get_error(raw, status) {
    case SSL_ERROR_WANT_READ: return .open
    case SSL_ERROR_ZERO_RETURN: return .ended
    default:
      hasFailed = true
      ERR_clear_error()
      return .failed
    }
  }

  /// What the network is to be given so that the client reads these bytes; empty when there can't be any.
  public func seal(_ bytes: [UInt8]) -> [UInt8] {
    var sealed: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: Self.recordSize) where isEstablished && !hasFailed {
      let end = min(start + Self.recordSize, bytes.count)
      ERR_clear_error()
      let count = bytes.withUnsafeBytes { SSL_write(raw, $0.baseAddress! + start, Int32(end - start)) }
      if count <= 0 { hasFailed = true }
      sealed += takeOutput()
    }
    return sealed
  }

  /// What the network is to be given when nothing more will be sealed.
  public func end() -> [UInt8] {
    guard isEstablished, !hasFailed else { return takeOutput() }
    ERR_clear_error()
    _ = SSL_shutdown(raw)
    return takeOutput()
  }

  /// What the protocol itself has to say: the handshake's part, an alert.
  public func takeOutput() -> [UInt8] {
    let count = BIO_ctrl_pending(output)
    guard count > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      used = Int(max(0, BIO_read(output, buffer.baseAddress, Int32(buffer.count))))
    }
  }
}
