private import COpenSSL

/// AES-256-GCM (NIST SP 800-38D): the ciphertext with its tag of 16 bytes after it.
/// - Parameters:
///   - key: 32 bytes.
///   - nonce: 12 bytes, never the same twice under one key.
///   - authenticated: bytes that are not part of the result, but without which it does not open.
func aesGCMSeal(_ plain: [UInt8], key: [UInt8], nonce: [UInt8], authenticated: [UInt8]) -> [UInt8] {
  let cipher = GCM(key, nonce, isSealing: true)
  cipher.authenticate(authenticated)
  let text = cipher.update(plain)
  let isDone = cipher.finish()
  precondition(text != nil && isDone, "OpenSSL can't encrypt; its configuration on this machine is broken")
  return (text ?? []) + cipher.tag
}

/// The text that ``aesGCMSeal(_:key:nonce:authenticated:)`` was given; nil when a single bit is another.
func aesGCMOpen(_ sealed: ArraySlice<UInt8>, key: [UInt8], nonce: [UInt8], authenticated: [UInt8]) -> [UInt8]? {
  guard sealed.count >= GCM.tagLength else { return nil }
  let cipher = GCM(key, nonce, isSealing: false)
  cipher.authenticate(authenticated)
  let plain = cipher.update(Array(sealed.dropLast(GCM.tagLength)))
  cipher.expect(Array(sealed.suffix(GCM.tagLength)))
  return cipher.finish() ? plain : nil
}

/// One run of the cipher.
private struct GCM: ~Copyable {
  static let tagLength = 16

  private let context: OpaquePointer

  init(_ key: [UInt8], _ nonce: [UInt8], isSealing: Bool) {
    precondition(key.count == 32 && nonce.count == 12, "AES-256-GCM takes a key of 32 and a nonce of 12 bytes")
    let context = EVP_CIPHER_CTX_new()
    precondition(
      EVP_CipherInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce, isSealing ? 1 : 0) == 1,
      "OpenSSL has no AES-256-GCM; its configuration on this machine is broken")
    self.context = context!
  }

  deinit {
    EVP_CIPHER_CTX_free(context)
    ERR_clear_error()
  }

  borrowing func authenticate(_ bytes: [UInt8]) {
    var length: Int32 = 0
    EVP_CipherUpdate(context, nil, &length, bytes, Int32(bytes.count))
  }

  borrowing func update(_ bytes: [UInt8]) -> [UInt8]? {
    var result = [UInt8](repeating: 0, count: bytes.count)
    var length: Int32 = 0
    return EVP_CipherUpdate(context, &result, &length, bytes, Int32(bytes.count)) == 1 ? result : nil
  }

  borrowing func expect(_ tag: [UInt8]) {
    var tag = tag
    EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), &tag)
  }

  /// Whether all was encrypted, or, when opening, whether the tag is right.
  borrowing func finish() -> Bool {
    var rest = [UInt8](repeating: 0, count: 16)
    var length: Int32 = 0
    return EVP_CipherFinal_ex(context, &rest, &length) == 1
  }

  var tag: [UInt8] {
    var tag = [UInt8](repeating: 0, count: Self.tagLength)
    EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(tag.count), &tag)
    return tag
  }
}
