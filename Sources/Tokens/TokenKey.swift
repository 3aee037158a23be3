public import Crypto

/// A key that tokens are signed with, and the one algorithm that it is for: what a token says of its algorithm is compared
/// with the key's and never followed.
public struct TokenKey: Sendable {
  public enum Algorithm: String, Sendable {
    case hs256 = "HS256"
    case rs256 = "RS256"
    case eddsa = "EdDSA"
  }

  private enum Material {
    case secret([UInt8])
    case key(PublicKey)
  }

  /// By which tokens name it; nil for one that is tried when a token names none.
  public let id: String?
  public let algorithm: Algorithm
  private let material: Material

  /// A secret that issuer and verifier share, for HMAC with SHA-256.
  public static func hs256(_ secret: [UInt8], id: String? = nil) -> TokenKey {
    TokenKey(id: id, algorithm: .hs256, material: .secret(secret))
  }

  public static func rs256(_ key: PublicKey, id: String? = nil) -> TokenKey {
    TokenKey(id: id, algorithm: .rs256, material: .key(key))
  }

  public static func eddsa(_ key: PublicKey, id: String? = nil) -> TokenKey {
    TokenKey(id: id, algorithm: .eddsa, material: .key(key))
  }

  func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
    switch material {
    case .secret(let secret): constantTimeEquals(hmacSHA256(key: secret, message: message), signature)
    case .key(let key): key.verifies(signature, of: message)
    }
  }
}
