internal import EventLoop
internal import FunctionKit
internal import HTTPServer
internal import Runtime
internal import Tokens

/// Where the gateway looks at tokens.
final class TokenDesk: Sendable {
  let rules: TokenRules
  private let clock: HostClock
  private let verified: LoopLocal<VerifiedTokens>
  let revocations: RevocationWatch

  /// Twice as many are kept at most, of some hundred bytes each.
  private static let remembered = 4096

  init(_ rules: TokenRules, _ services: HostServices, key: String) {
    self.rules = rules
    clock = services.clock
    revocations = RevocationWatch(services, key: key, every: rules.every, staleAfter: rules.staleAfter)
    verified = LoopLocal(services.loop, VerifiedTokens(capacity: TokenDesk.remembered))
  }

  /// Whoever a request's token belongs to; a stranger without one.
  /// - Throws: ``Problem`` 401 for a token that is not believed, 403 for a cookie that another site may have sent.
  func caller(of head: RequestHead) throws(Problem) -> Caller {
    switch try Bearer(of: head.headers, cookie: rules.cookie) {
    case .none: return Caller()
    case .header(let token): return try caller(of: token)
    case .cookie(let token):
      try CrossSite.check(head, origins: rules.origins)
      return try caller(of: token)
    }
  }

  private func caller(of token: ArraySlice<UInt8>) throws(Problem) -> Caller {
    do throws(TokenRefusal) {
      let claims = try claims(of: token)
      guard !revocations.contains(claims) else { throw TokenRefusal.revoked }
      return Caller(userID: claims.user, roles: claims.roles, sessionID: claims.session, sellerID: claims.seller)
    } catch {
      throw error.problem
    }
  }

  private func claims(of token: ArraySlice<UInt8>) throws(TokenRefusal) -> TokenClaims {
    let now = clock.now
    if let claims = verified.value.claims(of: token, at: now) { return claims }
    let claims = try rules.verifier.verify(token, at: now)
    verified.value.remember(token, claims)
    return claims
  }
}

extension TokenRefusal {
  /// The code says whether it helps to sign in again; all else that is wrong with a token is for the detail.
  fileprivate var problem: Problem {
    var problem = Problem(401, self == .revoked ? "session_revoked" : "unauthenticated", description)
    problem.challenge = #"error="invalid_token", error_description="\#(description)""#
    return problem
  }
}
