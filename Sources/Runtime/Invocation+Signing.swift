internal import Crypto
public import FunctionKit

extension Invocation {
  public func sign(_ message: [UInt8], with secret: String, as signing: Signing) throws -> [UInt8] {
    let key = try self.secret(secret)
    switch signing {
    case .hmacSHA256: return hmacSHA256(key: Array(key.utf8), message: message)
    case .hmacSHA1: return hmacSHA1(key: Array(key.utf8), message: message)
    case .privateKey:
      guard let signature = base64Decode(pemContent(key)).flatMap(PrivateKey.init(pkcs8:))?.sign(message) else {
        throw NotGranted("secret \(secret) is no private key in PKCS#8; set it to one, as PEM or its base64 alone")
      }
      return signature
    }
  }
}

/// The base64 of a PEM text, whose line ends may have been written as `\\n`; of anything else, the text itself.
private func pemContent(_ text: String) -> String {
  text.replacing("\\n", with: "\n").split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("-----") }
    .joined().filter { !$0.isWhitespace }
}
