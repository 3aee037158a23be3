import FunctionKit
import TokenTesting
import Testing

@testable import Tokens

@Suite struct `What has been revoked` {
  private func claims(session: String = "s", version: Int = 0) throws -> TokenClaims {
    TokenClaims(
      user: try #require(ID(TestToken.user)), session: session, roles: [.user], seller: nil, version: version,
      issuedAt: 0, expiresAt: 900)
  }

  private func list(sessions: [String] = [], version: Int? = nil) throws -> RevocationList {
    let user = try #require(ID(TestToken.user))
    return RevocationList(
      asOf: Instant(seconds: 0), sessions: sessions,
      users: version.map { [RevocationList.User(id: user, tokenVersion: $0)] } ?? [])
  }

  @Test(arguments: [0, 1, 1800, 3659, 3660, 5000])
  func `counts for as long as a token may live, and not for ever`(told: Int64) throws {
    var revocations = Revocations(at: Instant(seconds: 0))
    for second in stride(from: told % 10, through: told + 8000, by: 10) {
      let now = Instant(seconds: second)
      revocations.add(try list(sessions: second == told ? ["s"] : []), at: now)
      let isRevoked = revocations.contains(try claims())
      if second < told { #expect(!isRevoked) } else if second <= told + 3660 { #expect(isRevoked, "\(second)") }
      #expect(!revocations.contains(try claims(session: "t")))
    }
    #expect(!revocations.contains(try claims()))
  }

  @Test func `of a user is every token below the highest version that was told`() throws {
    var revocations = Revocations(at: Instant(seconds: 0))
    for version in [2, 1] { revocations.add(try list(version: version), at: Instant(seconds: 1)) }
    for (version, isRevoked) in [(0, true), (1, true), (2, false), (3, false)] {
      #expect(revocations.contains(try claims(version: version)) == isRevoked)
    }
  }
}
