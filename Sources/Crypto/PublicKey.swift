private import COpenSSL

/// A key that signatures are verified with, for one algorithm alone: which one is the key's to say, never the signature's.
public final class PublicKey: @unchecked Sendable {
  /// RSA is PKCS#1 v1.5 over SHA-256, P-256 is ECDSA over SHA-256 with signatures of 64 bytes, as tokens have them.
  public enum Kind: Sendable { case rsa, p256, ed25519 }

  public let kind: Kind
  private let key: OpaquePointer

  private init?(_ kind: Kind, _ key: OpaquePointer?) {
    guard let key else {
      ERR_clear_error()
      return nil
    }
    (self.kind, self.key) = (kind, key)
  }

  /// Nil for what is no sound key, and for less than 2048 bits.
  public convenience init?(rsaModulus: [UInt8], exponent: [UInt8]) {
    self.init(.rsa, makeRSA(rsaModulus, exponent))
    guard EVP_PKEY_get_bits(key) >= 2048 else { return nil }
  }

  /// Nil for a point that is not on the curve.
  public convenience init?(p256X x: [UInt8], y: [UInt8]) {
    guard x.count == 32, y.count == 32 else { return nil }
    self.init(.p256, makeP256([4] + x + y))
  }

  /// Reads a P-256 key as certificates hold it, a DER SubjectPublicKeyInfo with the whole point; nil for any other.
  public convenience init?(p256SubjectInfo bytes: [UInt8]) {
    guard bytes.count == 91, bytes.starts(with: p256SubjectInfoHead) else { return nil }
    self.init(p256X: Array(bytes[27..<59]), y: Array(bytes[59...]))
  }

  public convenience init?(ed25519 bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.init(.ed25519, EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count))
  }

  deinit { EVP_PKEY_free(key) }

  /// Whether the holder of the private key has signed the message.
  public func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
    guard let signature = kind == .p256 ? derSignature(signature) : signature else { return false }
    return verifies(encoded: signature, of: message)
  }

  /// The same, of a signature as OpenSSL writes it: ECDSA's two numbers in DER.
  public func verifies(encoded signature: [UInt8], of message: [UInt8]) -> Bool {
    let context = EVP_MD_CTX_new()
    defer {
      EVP_MD_CTX_free(context)
      ERR_clear_error()
    }
    let digest = kind == .ed25519 ? nil : EVP_sha256()
    guard EVP_DigestVerifyInit(context, nil, digest, nil, key) == 1 else { return false }
    return EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
  }
}

/// All of such a key before its two coordinates: an uncompressed point on P-256.
private let p256SubjectInfoHead: [UInt8] = [
  0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE,
  0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
]

private func makeRSA(_ modulus: [UInt8], _ exponent: [UInt8]) -> OpaquePointer? {
  let n = BN_bin2bn(modulus, Int32(modulus.count), nil), e = BN_bin2bn(exponent, Int32(exponent.count), nil)
  defer {
    BN_free(n)
    BN_free(e)
  }
  return makeKey("RSA") { builder in
    OSSL_PARAM_BLD_push_BN(builder, lasting("n"), n) == 1 && OSSL_PARAM_BLD_push_BN(builder, lasting("e"), e) == 1
  }
}

private func makeP256(_ point: [UInt8]) -> OpaquePointer? {
  point.withUnsafeBytes { point in
    makeKey("EC") { builder in
      OSSL_PARAM_BLD_push_utf8_string(builder, lasting("group"), lasting("prime256v1"), 0) == 1
        && OSSL_PARAM_BLD_push_octet_string(builder, lasting("pub"), point.baseAddress, point.count) == 1
    }
  }
}

/// The builder keeps the pointers that it is given, so that a string made for a call would be gone too early.
private func lasting(_ text: StaticString) -> UnsafePointer<CChar> {
  UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
}

private func makeKey(_ type: String, _ describe: (OpaquePointer) -> Bool) -> OpaquePointer? {
  guard let builder = OSSL_PARAM_BLD_new() else { return nil }
  defer { OSSL_PARAM_BLD_free(builder) }
  guard describe(builder), let parameters = OSSL_PARAM_BLD_to_param(builder) else { return nil }
  defer { OSSL_PARAM_free(parameters) }
  let context = EVP_PKEY_CTX_new_from_name(nil, type, nil)
  defer { EVP_PKEY_CTX_free(context) }
  var key: OpaquePointer?
  guard EVP_PKEY_fromdata_init(context) == 1 else { return nil }
  return EVP_PKEY_fromdata(context, &key, lakoo_public_key(), parameters) == 1 ? key : nil
}

/// ECDSA's two numbers as OpenSSL takes them; tokens have them one after the other.
private func derSignature(_ raw: [UInt8]) -> [UInt8]? {
  guard raw.count == 64, let signature = ECDSA_SIG_new() else { return nil }
  defer { ECDSA_SIG_free(signature) }
  let (r, s) = (BN_bin2bn(Array(raw[..<32]), 32, nil), BN_bin2bn(Array(raw[32...]), 32, nil))
  guard ECDSA_SIG_set0(signature, r, s) == 1 else { return nil }
  var bytes = [UInt8](repeating: 0, count: Int(i2d_ECDSA_SIG(signature, nil)))
  let length = bytes.withUnsafeMutableBufferPointer { buffer in
    var end = buffer.baseAddress
    return i2d_ECDSA_SIG(signature, &end)
  }
  return length == bytes.count ? bytes : nil
}
