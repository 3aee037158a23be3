internal import Crypto

/// What a signature is made and verified by.
public enum TokenAlgorithm: String, Sendable {
  case hs256 = "HS256"
  case rs256 = "RS256"
  case es256 = "ES256"
  case edDSA = "EdDSA"
}

/// A key that tokens are verified with. It says itself by which algorithm; what a token says is only compared with that.
public struct TokenKey: Sendable {
  private enum Material: Sendable {
    case secret([UInt8])
    case published(PublicKey)
  }

  /// What tokens name it by. A secret has none: whichever of two live ones has signed is found by trying.
  let id: String?
  private let material: Material

  public init(secret: String) {
    id = nil
    material = .secret(Array(secret.utf8))
  }

  init(id: String?, _ key: PublicKey) {
    self.id = id
    material = .published(key)
  }

  public var algorithm: TokenAlgorithm {
    switch material {
    case .secret: .hs256
    case .published(let key):
      switch key.kind {
      case .rsa: .rs256
      case .p256: .es256
      case .ed25519: .edDSA
      }
    }
  }

  func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
    switch material {
    case .secret(let secret): constantTimeEquals(hmacSHA256(key: secret, message: message), signature)
    case .published(let key): key.verifies(signature, of: message)
    }
  }
}
