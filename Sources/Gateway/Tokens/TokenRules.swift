public import Tokens

/// What the gateway takes tokens by.
public struct TokenRules: Sendable {
  let verifier: TokenVerifier
  let cookie: String?
  let origins: Set<String>
  let every: Duration
  let staleAfter: Duration

  /// - Parameters:
  ///   - cookie: the name of the cookie that a token may come in; nil for none.
  ///   - origins: whose pages may send the cookie with requests that change something.
  ///   - every: how often the auth service is asked what it has revoked.
  ///   - staleAfter: for how long it may stay silent before that is told.
  public init(
    verifier: TokenVerifier, cookie: String? = nil, origins: Set<String> = [], every: Duration = .seconds(2),
    staleAfter: Duration
  ) {
    self.verifier = verifier
    self.cookie = cookie
    self.origins = origins
    self.every = every
    self.staleAfter = staleAfter
  }
}
