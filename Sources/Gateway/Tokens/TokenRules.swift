public import Tokens

/// What the gateway takes tokens by.
public struct TokenRules: Sendable {
  let verifier: TokenVerifier
  let cookie: String?
  let origins: Set<String>

  /// - Parameters:
  ///   - cookie: the name of the cookie that a token may come in; nil for none.
  ///   - origins: whose pages may send the cookie with requests that change something.
  public init(verifier: TokenVerifier, cookie: String? = nil, origins: Set<String> = []) {
    self.verifier = verifier
    self.cookie = cookie
    self.origins = origins
  }
}
