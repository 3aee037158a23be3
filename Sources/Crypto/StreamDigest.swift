private import COpenSSL

/// SHA-256 of bytes that come in pieces, so that a file need not be in memory to be digested.
public struct StreamDigest: ~Copyable {
  private let context: OpaquePointer

  public init() {
    let context = EVP_MD_CTX_new()
    precondition(
      EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1,
      "OpenSSL has no SHA-256; its configuration on this machine is broken")
    self.context = context!
  }

  public mutating func update(_ bytes: ArraySlice<UInt8>) {
    let status = bytes.withUnsafeBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
    precondition(status == 1, "OpenSSL can't digest; its configuration on this machine is broken")
  }

  /// The 32 bytes of all that it was given.
  public consuming func finish() -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    let status = EVP_DigestFinal_ex(context, &digest, nil)
    precondition(status == 1, "OpenSSL can't digest; its configuration on this machine is broken")
    return digest
  }

  deinit { EVP_MD_CTX_free(context) }
}
