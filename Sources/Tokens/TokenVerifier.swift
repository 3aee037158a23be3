public import FunctionKit

/// Decides whether a token is believed, and what it says.
public struct TokenVerifier: Sendable {
  /// By how much the clocks of issuer and gateway may differ.
  public static let leeway: Int64 = 30

  /// Seconds for which a token may live, and so for which the end of its session must be known.
  public static let longestLife: Int64 = 3600

  let keys: KeySet
  let issuer: String
  let audience: String

  public init(keys: KeySet, issuer: String, audience: String) {
    self.keys = keys
    self.issuer = issuer
    self.audience = audience
  }

  public func verify(_ text: ArraySlice<UInt8>, at now: Instant) throws(TokenRefusal) -> TokenClaims {
    let token = try SignedToken(text)
    try checkSignature(token)
    guard token.claims["iss"]?.string == issuer else { throw .wrongIssuer }
    guard token.isFor(audience) else { throw .wrongAudience }
    let claims = try TokenClaims(token.claims)
    if token.claims["nbf"] != nil, try token.claims.seconds("nbf") > now.seconds + TokenVerifier.leeway {
      throw .notYetValid
    }
    guard claims.issuedAt <= now.seconds + TokenVerifier.leeway else { throw .notYetValid }
    guard claims.isLive(at: now) else { throw .expired }
    guard claims.expiresAt - claims.issuedAt <= TokenVerifier.longestLife else {
      throw .malformed("lives longer than \(TokenVerifier.longestLife) seconds")
    }
    return claims
  }

  private func checkSignature(_ token: SignedToken) throws(TokenRefusal) {
    let candidates = keys.candidates(id: token.keyID, algorithm: token.algorithm)
    guard !candidates.isEmpty else { throw .unknownKey }
    guard candidates.contains(where: { $0.verifies(token.signature, of: token.message) }) else { throw .wrongSignature }
  }
}

extension TokenClaims {
  public func isLive(at now: Instant) -> Bool { now.seconds < expiresAt + TokenVerifier.leeway }
}

extension SignedToken {
  fileprivate func isFor(_ audience: String) -> Bool {
    let audiences = claims["aud"]?.array ?? [claims["aud"] ?? .null]
    return audiences.contains { $0.string == audience }
  }
}
