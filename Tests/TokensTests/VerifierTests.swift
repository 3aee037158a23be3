import FunctionKit
import TokenTesting
import Testing

@testable import Tokens

private let start = PublishedKeys.issuedAt

@Suite struct `A token` {
  private let secret = "the-secret", before = "the-secret-of-before"
  private let token = TestToken(at: start)

  private func verify(_ text: String, at seconds: Int64 = start) throws -> TokenClaims {
    let keys = KeySet([TokenKey(secret: secret), TokenKey(secret: before)] + (try PublishedKeys.keys()))
    let verifier = TokenVerifier(keys: keys, issuer: "lakoo-auth", audience: "lakoo")
    return try verifier.verify(ArraySlice(text.utf8), at: Instant(seconds: seconds))
  }

  private func refusal(_ text: String, at seconds: Int64 = start) -> TokenRefusal? {
    do { _ = try verify(text, at: seconds) } catch { return error as? TokenRefusal }
    return nil
  }

  @Test func `says who its bearer is`() throws {
    let claims = try verify(TestToken(at: start, roles: ["seller", "emperor"]).signed(secret))
    #expect(claims.user == ID(TestToken.user))
    #expect(claims.session == "session-1")
    #expect(claims.roles == [.user, .seller])
    #expect(claims.seller == nil && claims.version == 0)
    let token = TestToken(at: start).with("sellerId", "\"\(TestToken.user)\"").with("tv", "7")
    let selling = try verify(token.signed(secret))
    #expect(selling.seller == ID(TestToken.user) && selling.version == 7)
  }

  @Test(arguments: [PublishedKeys.rs256, PublishedKeys.es256, PublishedKeys.edDSA])
  func `of a published key is believed, and with any byte of it changed it is not`(text: String) throws {
    #expect(try verify(text).roles == [.user, .seller])
    for index in stride(from: 0, to: text.utf8.count, by: 7) {
      var bytes = Array(text.utf8)
      bytes[index] = bytes[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
      #expect(refusal(String(decoding: bytes, as: UTF8.self)) != nil, "byte \(index)")
    }
  }

  @Test func `may be signed with either of two live secrets, and no third`() throws {
    #expect(throws: Never.self) { try verify(token.signed(before)) }
    #expect(refusal(token.signed("another-secret")) == .wrongSignature)
    #expect(refusal(token.signed("")) == .wrongSignature)
  }

  @Test(arguments: [
    #"{"alg":"none"}"#, #"{"alg":"None"}"#, #"{"alg":"hs256"}"#, #"{"alg":"HS512"}"#, #"{"alg":"RS256"}"#,
    #"{"alg":"HS256","kid":"rsa"}"#, #"{"alg":"ES256","kid":"rsa"}"#,
  ])
  func `does not choose the algorithm`(header: String) {
    #expect(refusal(token.headed(header).signed(secret)) == .unknownKey)
    #expect(refusal(token.headed(header).signed(PublishedKeys.rsaPEM)) == .unknownKey)
  }

  @Test(arguments: ["rsa", "ec", "ed", nil])
  func `signed with what everybody can read is not believed`(kid: String?) {
    let header = kid.map { #"{"alg":"HS256","kid":"\#($0)"}"# } ?? #"{"alg":"HS256"}"#
    for secret in [PublishedKeys.rsaPEM, PublishedKeys.rsa, PublishedKeys.jwks] {
      #expect(refusal(token.headed(header).signed(secret)) != nil)
    }
  }

  @Test func `without a signature is none`() {
    #expect(refusal(token.headed(#"{"alg":"none"}"#).message + ".") == .malformed("has no signature"))
    #expect(refusal(token.message) == .malformed("does not have three parts"))
  }

  @Test func `is believed from 30 seconds before its time to 30 seconds after`() throws {
    let text = token.signed(secret), end = start + 900
    #expect(refusal(text, at: start - 31) == .notYetValid)
    #expect(throws: Never.self) { try verify(text, at: start - 30) }
    #expect(throws: Never.self) { try verify(text, at: end + 29) }
    #expect(refusal(text, at: end + 30) == .expired)
    let later = token.with("nbf", "\(start + 100)").signed(secret)
    #expect(refusal(later, at: start + 69) == .notYetValid)
    #expect(throws: Never.self) { try verify(later, at: start + 70) }
  }

  private static let wrong: [(String, String?, TokenRefusal)] = [
    ("iss", #""somebody""#, TokenRefusal.wrongIssuer), ("iss", nil, .wrongIssuer),
    ("aud", #""others""#, .wrongAudience), ("aud", #"["others"]"#, .wrongAudience), ("aud", nil, .wrongAudience),
    ("sub", #""me""#, .malformed("has no UUID as its sub")), ("sub", nil, .malformed("has no UUID as its sub")),
    ("sellerId", #""me""#, .malformed("has a sellerId that is no UUID")),
    ("tv", "-1", .malformed("has a tv that is no whole number")),
    ("sid", #""""#, .malformed("has no sid")), ("sid", nil, .malformed("has no sid")),
    ("roles", #""admin""#, .malformed("has no list of roles")),
    ("exp", nil, .malformed("has no exp in whole seconds")), ("iat", nil, .malformed("has no iat in whole seconds")),
    ("exp", "99999999999999999999", .malformed("has no exp in whole seconds")),
    ("nbf", #""now""#, .malformed("has no nbf in whole seconds")),
    ("exp", "\(start + 3601)", .malformed("lives longer than 3600 seconds")),
  ]

  @Test(arguments: wrong)
  func `has every claim as it must be`(name: String, json: String?, refused: TokenRefusal) {
    #expect(refusal(token.with(name, json).signed(secret)) == refused)
  }

  @Test func `is read strictly`() {
    let text = token.signed(secret)
    #expect(refusal(text + "=") != nil)
    #expect(refusal(text.replacing(".", with: "..", maxReplacements: 1)) != nil)
    #expect(refusal(" " + text) != nil)
    #expect(refusal(token.headed(#"{"alg":"HS256","crit":["exp"],"exp":1}"#).signed(secret)) != nil)
    #expect(refusal(token.headed(#"{"alg":"HS256","alg":"HS256"}"#).signed(secret)) != nil)
    #expect(refusal(token.with("pad", "\"\(String(repeating: "x", count: 8192))\"").signed(secret)) != nil)
    #expect(refusal("") != nil)
  }
}
