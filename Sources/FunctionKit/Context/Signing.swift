/// How something is signed.
public enum Signing: Sendable, Hashable, CaseIterable {
  /// SHA-256 by a private key in PKCS#8: RSA as PKCS#1 v1.5, P-256 as ECDSA.
  case privateKey
  case hmacSHA256
  /// For whoever takes nothing better.
  case hmacSHA1
}

extension Context {
  /// A signature of the message, for those who are to believe that it is ours. The key does not leave the host.
  /// - Parameter secret: the name of a secret that the manifest lists.
  public func sign(_ message: [UInt8], with secret: String, as signing: Signing) throws -> [UInt8] {
    try host.sign(message, with: secret, as: signing)
  }
}
