private import COpenSSL

/// A certificate with its key, and the terms on which connections are made by it.
///
/// A session keeps the context that it began with, so another one may take this one's place at any time.
public final class TLSContext: Sendable {
  // Counted atomically by OpenSSL, and never changed once it is made.
  nonisolated(unsafe) let raw: OpaquePointer

  /// - Throws: ``TLSError`` for what is no certificate and key, or does not belong together.
  public init(_ pair: PEMPair) throws(TLSError) {
    ERR_clear_error()
    defer { ERR_clear_error() }
    guard let raw = SSL_CTX_new(TLS_server_method()) else { throw TLSError("OpenSSL can't make a context for TLS") }
    self.raw = raw
    guard tls_shim_harden(raw) == 1 else { throw TLSError("OpenSSL on this machine lacks TLS 1.2 or its ciphers") }
    tls_shim_offer_http11(raw)
    try load(pair.certificate, pair.key)
  }

  deinit { SSL_CTX_free(raw) }

  private func load(_ certificate: PEMPair.File, _ key: PEMPair.File) throws(TLSError) {
    guard tls_shim_use_chain(raw, certificate.bytes, Int32(certificate.bytes.count)) == 1 else {
      throw TLSError(
        "certificate \(certificate.path) can't be used: \(lastReason()). Give a PEM file of the whole chain.")
    }
    ERR_clear_error()
    guard tls_shim_use_key(raw, key.bytes, Int32(key.bytes.count)) == 1, SSL_CTX_check_private_key(raw) == 1 else {
      let reason = lastReason()
      throw TLSError(
        "key \(key.path) can't be used: \(reason). Give the PEM file of \(certificate.path)'s key, not encrypted.")
    }
  }

  /// - Throws: ``TLSError`` for a certificate that is not valid now.
  func checkTime(_ certificate: String) throws(TLSError) {
    let own = SSL_CTX_get0_certificate(raw)
    guard X509_cmp_current_time(X509_get0_notBefore(own)) < 0 else {
      throw TLSError("certificate \(certificate) is not valid yet. Check the clock of this machine.")
    }
    guard X509_cmp_current_time(X509_get0_notAfter(own)) > 0 else {
      throw TLSError("certificate \(certificate) has expired. Renew it.")
    }
  }
}

/// OpenSSL's first word on what went wrong in this thread, which is nearest to the cause.
func lastReason() -> String {
  tls_shim_reason(ERR_peek_error()).map { String(cString: $0) } ?? "unknown error"
}
