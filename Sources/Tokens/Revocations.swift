public import FunctionKit

/// Which sessions and users have lost the right to their tokens. A token lives for minutes, so that what was revoked longer
/// ago than the longest of them lives is forgotten.
public struct Revocations: Sendable {
  /// As an access token lives for a quarter of an hour, with room for clocks.
  public static let kept = Duration.minutes(20)

  private var sessions: [ID: Instant] = [:]
  private var versions: [ID: (least: Int, at: Instant)] = [:]

  public init() {}

  public var isEmpty: Bool { sessions.isEmpty && versions.isEmpty }

  public mutating func revoke(session: ID, at now: Instant) { sessions[session] = now }

  /// Voids the user's tokens of a lower version.
  public mutating func raise(user: ID, to version: Int, at now: Instant) { versions[user] = (version, now) }

  public mutating func forgetOld(at now: Instant) {
    sessions = sessions.filter { now - $0.value < Revocations.kept }
    versions = versions.filter { now - $0.value.at < Revocations.kept }
  }

  public func contains(_ claims: TokenClaims) -> Bool {
    if let session = claims.session, sessions[session] != nil { return true }
    return versions[claims.user].map { claims.version < $0.least } ?? false
  }
}
