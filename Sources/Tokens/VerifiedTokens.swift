public import FunctionKit
private import Glibc

/// The tokens that have been verified of late, by all their bytes, so that a signature is checked once and not at every
/// request. What has not been asked for while as many others have is forgotten.
public struct VerifiedTokens: Sendable {
  private let capacity: Int
  private var recent: [TokenBytes: TokenClaims] = [:]
  /// Those of before; one that is asked for again goes back among the recent ones.
  private var before: [TokenBytes: TokenClaims] = [:]

  /// - Parameter capacity: it keeps up to twice as many.
  public init(capacity: Int) { self.capacity = capacity }

  var count: Int { recent.count + before.count }

  public mutating func claims(of token: ArraySlice<UInt8>, at now: Instant) -> TokenClaims? {
    let key = TokenBytes(bytes: token)
    if let claims = recent[key] { return claims.isLive(at: now) ? claims : nil }
    guard let claims = before.removeValue(forKey: key), claims.isLive(at: now) else { return nil }
    remember(token, claims)
    return claims
  }

  public mutating func remember(_ token: ArraySlice<UInt8>, _ claims: TokenClaims) {
    if recent.count >= capacity {
      before = recent
      recent = [:]
    }
    // A copy: the slice is of a whole request's head.
    recent[TokenBytes(bytes: ArraySlice(Array(token)))] = claims
  }
}

/// A token as a key, hashed and compared as one piece: slices of bytes do it one by one.
private struct TokenBytes: Hashable {
  let bytes: ArraySlice<UInt8>

  func hash(into hasher: inout Hasher) {
    unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
  }

  static func == (one: TokenBytes, other: TokenBytes) -> Bool {
    let count = one.bytes.count
    guard count == other.bytes.count else { return false }
    return unsafe one.bytes.withUnsafeBytes { one in
      unsafe other.bytes.withUnsafeBytes { other in
        guard let one = one.baseAddress, let other = other.baseAddress else { return true }
        return unsafe memcmp(one, other, count) == 0
      }
    }
  }
}
