private import COpenSSL

/// SHA-256 of the bytes: 32 bytes.
public func sha256(_ bytes: [UInt8]) -> [UInt8] {
  var digest = [UInt8](repeating: 0, count: 32)
  let status = EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha256(), nil)
  precondition(status == 1, "OpenSSL has no SHA-256; its configuration on this machine is broken")
  return digest
}

/// HMAC-SHA-256 of the message: 32 bytes.
public func hmacSHA256(key: [UInt8], message: [UInt8]) -> [UInt8] {
  var code = [UInt8](repeating: 0, count: 32)
  // An empty key needs a valid pointer: OpenSSL takes nil for "the key of before".
  let result = (key.isEmpty ? [0] : key).withUnsafeBytes { bytes in
    HMAC(EVP_sha256(), bytes.baseAddress, Int32(key.count), message, message.count, &code, nil)
  }
  precondition(result != nil, "OpenSSL has no HMAC-SHA-256; its configuration on this machine is broken")
  return code
}

/// HMAC-SHA-1 of the message, 20 bytes, for senders that sign with nothing better; its key still keeps it from being forged.
public func hmacSHA1(key: [UInt8], message: [UInt8]) -> [UInt8] {
  var code = [UInt8](repeating: 0, count: 20)
  let result = (key.isEmpty ? [0] : key).withUnsafeBytes { bytes in
    HMAC(EVP_sha1(), bytes.baseAddress, Int32(key.count), message, message.count, &code, nil)
  }
  precondition(result != nil, "OpenSSL has no HMAC-SHA-1; its configuration on this machine is broken")
  return code
}

/// Whether the two are the same, in a time that tells nothing about where they differ or how long the secret is: their
/// digests are compared, and those are always 32 bytes.
public func constantTimeEquals(_ a: [UInt8], _ b: [UInt8]) -> Bool {
  CRYPTO_memcmp(sha256(a), sha256(b), 32) == 0
}
