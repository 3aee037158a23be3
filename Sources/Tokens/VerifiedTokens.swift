public import FunctionKit

/// The tokens that have been verified of late, by all their bytes, so that a signature is checked once and not at every
/// request. What has not been asked for while as many others have is forgotten.
public struct VerifiedTokens: Sendable {
  private let capacity: Int
  private var recent: [ArraySlice<UInt8>: TokenClaims] = [:]
  /// Those of before; one that is asked for again goes back among the recent ones.
  private var before: [ArraySlice<UInt8>: TokenClaims] = [:]

  /// - Parameter capacity: it keeps up to twice as many.
  public init(capacity: Int) { self.capacity = capacity }

  var count: Int { recent.count + before.count }

  public mutating func claims(of token: ArraySlice<UInt8>, at now: Instant) -> TokenClaims? {
    if let claims = recent[token] { return claims.isLive(at: now) ? claims : nil }
    guard let claims = before.removeValue(forKey: token), claims.isLive(at: now) else { return nil }
    remember(token, claims)
    return claims
  }

  public mutating func remember(_ token: ArraySlice<UInt8>, _ claims: TokenClaims) {
    if recent.count >= capacity {
      before = recent
      recent = [:]
    }
    // A copy: the slice is of a whole request's head.
    recent[ArraySlice(Array(token))] = claims
  }
}
