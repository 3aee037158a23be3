private import COpenSSL

/// What the files of a certificate and its key hold, so that it can be spoken by while the files can't be used.
public struct PEMPair: Codable, Sendable {
  struct File: Codable, Sendable {
    let path: String
    let bytes: [UInt8]
  }

  let certificate, key: File

  /// - Parameters:
  ///   - certificate: a PEM file of the server's certificate, then those that lead to its root.
  ///   - key: a PEM file of the private key, not encrypted.
  /// - Throws: ``TLSError`` for a file that can't be read.
  public init(certificate: String, key: String) throws(TLSError) {
    ERR_clear_error()
    self.certificate = File(path: certificate, bytes: try contents(of: certificate, "certificate"))
    self.key = File(path: key, bytes: try contents(of: key, "key"))
  }
}

/// Far more than any chain has.
private let largestFile = 1024 * 1024

private func contents(of path: String, _ what: String) throws(TLSError) -> [UInt8] {
  guard let file = BIO_new_file(path, "r") else {
    throw TLSError("\(what) \(path) can't be used: \(lastReason()). Give a PEM file that the host's user can read.")
  }
  defer { BIO_free(file) }
  let bytes = [UInt8](unsafeUninitializedCapacity: largestFile) { buffer, count in
    count = Int(max(0, BIO_read(file, buffer.baseAddress, Int32(buffer.count))))
  }
  return Array(bytes[...])
}
