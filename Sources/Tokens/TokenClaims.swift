public import FunctionKit

/// What an access token says of its bearer.
public struct TokenClaims: Sendable, Hashable {
  public var user: ID
  /// `sid`: by which a session is revoked.
  public var session: ID?
  public var roles: Set<String>
  public var seller: ID?
  /// `tv`: tokens of a lower one are void once the user's has been raised.
  public var version: Int
  public var expires: Instant

  public init(
    user: ID, session: ID? = nil, roles: Set<String> = ["user"], seller: ID? = nil, version: Int = 0, expires: Instant
  ) {
    self.user = user
    self.session = session
    self.roles = roles
    self.seller = seller
    self.version = version
    self.expires = expires
  }
}

/// Why a token is not accepted; for the log, since a caller is told only that it is not.
public enum TokenError: String, Error, Sendable, CaseIterable {
  case malformed, tooLong, unknownKey, wrongSignature, expired, notYetValid, wrongIssuer, wrongAudience, badClaims,
    revoked
}
