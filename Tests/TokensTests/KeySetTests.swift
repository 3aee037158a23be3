import FunctionKit
import TokenTesting
import Testing

@testable import Tokens

@Suite struct `A set of published keys` {
  @Test func `says of each key what it is for`() throws {
    #expect(try PublishedKeys.keys().map(\.algorithm) == [.rs256, .es256, .edDSA])
  }

  @Test(arguments: [
    ("", "is no JWK Set"), (#"{"keys":[]}"#, "is no JWK Set"),
    (#"{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}"#, "key 1 is a secret one"),
    (#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"AAAA","d":"AAAA"}]}"#, "key 1 is a secret one"),
    (#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"AAAA"}]}"#, "key 1 can't be used"),
    (#"{"keys":[{"kty":"RSA","n":"u1SU","e":"AQAB"}]}"#, "key 1 can't be used"),
    (#"{"keys":[{"kty":"EC","crv":"P-256","x":"AAAA","y":"AAAA"}]}"#, "key 1 can't be used"),
    (#"{"keys":["# + PublishedKeys.ed + "," + PublishedKeys.ed + "]}", "has two keys of one kid"),
    (
      #"{"keys":["# + PublishedKeys.rsa.replacing("RS256", with: "HS256") + "]}",
      "key 1 names another alg than RS256"
    ),
    (#"{"keys":["# + PublishedKeys.rsa.replacing("sig", with: "enc") + "]}", "key 1 is not for signatures"),
  ])
  func `with a key that can't be trusted is refused, with the reason`(text: String, reason: String) {
    do {
      _ = try KeySet.published(Array(text.utf8))
      Issue.record("\(text) was taken")
    } catch { #expect(error.description.hasPrefix(reason), "\(error)") }
  }
}

@Suite struct `What has been verified` {
  private let claims = TokenClaims(
    user: ID(TestToken.user)!, session: "s", roles: [.user], seller: nil, version: 0, issuedAt: 0, expiresAt: 900)
  private func token(_ number: Int) -> ArraySlice<UInt8> { ArraySlice("token \(number)".utf8) }

  @Test func `is remembered until it expires`() {
    var tokens = VerifiedTokens(capacity: 4)
    tokens.remember(token(1), claims)
    #expect(tokens.claims(of: token(1), at: Instant(seconds: 929)) == claims)
    #expect(tokens.claims(of: token(1), at: Instant(seconds: 930)) == nil)
    #expect(tokens.claims(of: token(2), at: Instant(seconds: 0)) == nil)
  }

  @Test func `is bounded, and keeps what is asked for`() {
    var tokens = VerifiedTokens(capacity: 4)
    for number in 0..<100 {
      tokens.remember(token(number), claims)
      #expect(tokens.claims(of: token(0), at: Instant(seconds: 1)) == claims)
      #expect(tokens.count <= 8)
    }
    #expect(tokens.claims(of: token(50), at: Instant(seconds: 1)) == nil)
  }
}
