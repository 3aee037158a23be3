private import COpenSSL

/// A public key that checks signatures of one kind; OpenSSL does the arithmetic.
public final class PublicKey: Sendable {
  private enum Kind { case rsa, ed25519 }

  private let kind: Kind
  // OpenSSL's keys are counted atomically, and checking with one changes nothing in it.
  nonisolated(unsafe) private let key: OpaquePointer

  /// The shortest modulus that is taken, in bits.
  public static let shortestModulus = 2048

  /// An RSA key, for signatures of PKCS #1 v1.5 with SHA-256.
  /// - Parameters:
  ///   - modulus: big-endian.
  ///   - exponent: big-endian.
  /// - Returns: nil for what is no such key, or a shorter one than ``shortestModulus``.
  public init?(rsaModulus modulus: [UInt8], exponent: [UInt8]) {
    let der = DER.rsaPublicKey(modulus: modulus, exponent: exponent)
    let parsed = der.withUnsafeBufferPointer { buffer -> OpaquePointer? in
      var next = buffer.baseAddress
      return d2i_PUBKEY(nil, &next, buffer.count)
    }
    guard let parsed else { return nil }
    key = parsed
    kind = .rsa
    guard EVP_PKEY_get_bits(parsed) >= PublicKey.shortestModulus else { return nil }
  }

  /// An Ed25519 key, of 32 bytes.
  public init?(ed25519 bytes: [UInt8]) {
    guard bytes.count == 32, let parsed = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count) else {
      return nil
    }
    key = parsed
    kind = .ed25519
  }

  deinit { EVP_PKEY_free(key) }

  /// Whether the owner of the key has signed the message.
  public func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
    guard let context = EVP_MD_CTX_new() else { return false }
    defer { EVP_MD_CTX_free(context) }
    let digest = kind == .rsa ? EVP_sha256() : nil
    guard EVP_DigestVerifyInit(context, nil, digest, nil, key) == 1 else { return false }
    let result = EVP_DigestVerify(context, signature, signature.count, message, message.count)
    // A wrong signature leaves its reason in the thread's queue, where the next caller would find it.
    if result != 1 { ERR_clear_error() }
    return result == 1
  }
}

/// The little of X.690 that a public key is written in.
private enum DER {
  /// SubjectPublicKeyInfo of RFC 5280, with the key of RFC 8017.
  static func rsaPublicKey(modulus: [UInt8], exponent: [UInt8]) -> [UInt8] {
    let rsaEncryption: [UInt8] = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00]
    let key = element(0x30, integer(modulus) + integer(exponent))
    return element(0x30, element(0x30, rsaEncryption) + element(0x03, [0] + key))
  }

  private static func integer(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array(bytes.drop { $0 == 0 })
    // A first bit that is set would make it negative.
    return element(0x02, (digits.first ?? 0x80) >= 0x80 ? [0] + digits : digits)
  }

  private static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] { [tag] + length(content.count) + content }

  private static func length(_ count: Int) -> [UInt8] {
    guard count >= 0x80 else { return [UInt8(count)] }
    let bytes = withUnsafeBytes(of: count.bigEndian) { Array($0.drop { $0 == 0 }) }
    return [0x80 | UInt8(bytes.count)] + bytes
  }
}
