public import FunctionKit

/// Remembers the tokens that were found good, so that a signature is checked once. A token is compared as a whole: nothing
/// shorter may stand for it.
public struct TokenMemory: Sendable {
  private let capacity: Int
  private var young: [[UInt8]: TokenClaims] = [:]
  private var old: [[UInt8]: TokenClaims] = [:]

  /// - Parameter capacity: how many are remembered at most.
  public init(capacity: Int = 8192) { self.capacity = max(2, capacity) }

  /// What a token says, if it was found good and has not expired since.
  public mutating func claims(of token: [UInt8], at now: Instant, leeway: Duration) -> TokenClaims? {
    guard let claims = young[token] ?? old[token] else { return nil }
    guard now - leeway < claims.expires else {
      young[token] = nil
      old[token] = nil
      return nil
    }
    if young[token] == nil { keep(token, claims) }
    return claims
  }

  /// Those that nobody has shown for a while go first: of two halves, the older one is dropped when the younger is full.
  public mutating func keep(_ token: [UInt8], _ claims: TokenClaims) {
    if young.count >= capacity / 2 { (old, young) = (young, [:]) }
    young[token] = claims
  }
}
