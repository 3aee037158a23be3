/// Why a token is not believed.
public enum TokenRefusal: Error, Sendable, Hashable {
  /// It is no JWT that could be from here: its form, its size, or a claim that every one must have.
  case malformed(String)
  case unknownKey
  case wrongSignature
  case expired
  case notYetValid
  case wrongIssuer
  case wrongAudience
  /// Its session has ended, or all of its user's tokens of that time have.
  case revoked
}

extension TokenRefusal: CustomStringConvertible {
  public var description: String {
    switch self {
    case .malformed(let what): "The access token \(what)."
    case .unknownKey: "The access token is signed by no key that is known here."
    case .wrongSignature: "The access token's signature is wrong."
    case .expired: "The access token has expired; get a new one."
    case .notYetValid: "The access token is not valid yet."
    case .wrongIssuer: "The access token is from another issuer."
    case .wrongAudience: "The access token is for another audience."
    case .revoked: "The session of the access token has ended; sign in again."
    }
  }
}
