public import FunctionKit

/// Which sessions and users have lost the right to their tokens, each for as long as such a token can live, and up to
/// twice as long.
public struct Revocations: Sendable {
  private static let kept = Duration.seconds(TokenVerifier.longestLife + 2 * TokenVerifier.leeway)

  fileprivate struct Ended: Sendable {
    var sessions: Set<String> = []
    /// The least version of a token that is good, by its user.
    var versions: [ID: Int] = [:]
  }

  private var recent = Ended()
  private var before = Ended()
  private var beganAt: Instant

  public init(at now: Instant) { beganAt = now }

  public mutating func add(_ list: RevocationList, at now: Instant) {
    if now - beganAt >= Revocations.kept { (before, recent, beganAt) = (recent, Ended(), now) }
    recent.sessions.formUnion(list.sessions)
    for user in list.users { recent.versions[user.id] = max(user.tokenVersion, recent.versions[user.id] ?? 0) }
  }

  public func contains(_ claims: TokenClaims) -> Bool {
    recent.contains(claims) || before.contains(claims)
  }
}

extension Revocations.Ended {
  fileprivate func contains(_ claims: TokenClaims) -> Bool {
    sessions.contains(claims.session) || versions[claims.user].map { claims.version < $0 } ?? false
  }
}

/// What the auth service has revoked since it was asked before.
public struct RevocationList: Decodable, Sendable {
  /// The time up to which it tells.
  public var asOf: Instant
  public var sessions: [String]
  /// Those of whom all tokens of lower versions have ended.
  public var users: [User]

  public struct User: Decodable, Sendable {
    public var id: ID
    public var tokenVersion: Int
  }
}
