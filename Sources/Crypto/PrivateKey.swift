private import COpenSSL

/// A key that signs with SHA-256: RSA as PKCS#1 v1.5, P-256 as ECDSA with its two numbers in DER.
public final class PrivateKey: @unchecked Sendable {
  private let key: OpaquePointer

  /// Reads an unencrypted PKCS#8 key in DER; nil for what is none.
  public init?(pkcs8 bytes: [UInt8]) {
    let key: OpaquePointer? = bytes.withUnsafeBufferPointer { bytes in
      var position = bytes.baseAddress
      return d2i_AutoPrivateKey(nil, &position, bytes.count)
    }
    guard let key else {
      ERR_clear_error()
      return nil
    }
    self.key = key
  }

  deinit { EVP_PKEY_free(key) }

  /// Nil for a key of an algorithm that does not sign with SHA-256.
  public func sign(_ message: [UInt8]) -> [UInt8]? {
    let context = EVP_MD_CTX_new()
    defer {
      EVP_MD_CTX_free(context)
      ERR_clear_error()
    }
    guard EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key) == 1 else { return nil }
    var count = Int(EVP_PKEY_get_size(key))
    var signature = [UInt8](repeating: 0, count: count)
    guard EVP_DigestSign(context, &signature, &count, message, message.count) == 1 else { return nil }
    return Array(signature.prefix(count))
  }
}
