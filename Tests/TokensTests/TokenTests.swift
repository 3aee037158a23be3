import Crypto
import FunctionKit
import Testing
import Tokens

/// Which tokens are accepted, and what they say.
@Suite struct `An access token` {
  private static let secret = Array("a-secret-of-this-test-0123456789".utf8)
  private static let now = Instant(seconds: 1_800_000_000)
  private static let user = ID("01890a5d-ac96-774b-bcce-b302099a8057")!
  private static let session = ID("01890a5d-ac96-774b-bcce-b302099a8058")!

  private static func verifier(_ keys: [TokenKey] = [.hs256(secret)]) -> TokenVerifier {
    TokenVerifier(keys: KeySet(keys), issuer: "lakoo-auth", audience: "lakoo")
  }

  /// A token with the header and the body as they are, signed with the secret.
  private static func token(
    header: String = #"{"alg":"HS256"}"#, _ changes: [String: String?] = [:], secret: [UInt8] = secret
  ) -> String {
    var body: [String: String?] = [
      "iss": #""lakoo-auth""#, "aud": #""lakoo""#, "sub": "\"\(user)\"", "sid": "\"\(session)\"",
      "roles": #"["user","seller"]"#, "tv": "3", "iat": "\(now.seconds)", "exp": "\(now.seconds + 900)",
    ]
    body.merge(changes) { $1 }
    let members = body.compactMap { name, value in value.map { "\"\(name)\":\($0)" } }.joined(separator: ",")
    return compact(header, "{\(members)}", secret)
  }

  private static func compact(_ header: String, _ body: String, _ secret: [UInt8]) -> String {
    let signed = [header, body].map { base64URLEncode(Array($0.utf8)) }.joined(separator: ".")
    return signed + "." + base64URLEncode(hmacSHA256(key: secret, message: Array(signed.utf8)))
  }

  private static func error(_ token: String, _ keys: [TokenKey] = [.hs256(secret)]) -> TokenError? {
    do {
      _ = try verifier(keys).verify(Array(token.utf8), at: now)
      return nil
    } catch { return error }
  }

  @Test func `says whose it is`() throws {
    let claims = try Self.verifier().verify(Array(Self.token().utf8), at: Self.now)
    #expect(
      claims
        == TokenClaims(
          user: Self.user, session: Self.session, roles: ["user", "seller"], version: 3,
          expires: Self.now + .seconds(900)))
    let signer = TokenSigner(secret: Self.secret, issuer: "lakoo-auth", audience: "lakoo")
    #expect(try Self.verifier().verify(Array(signer.sign(claims, at: Self.now).utf8), at: Self.now) == claims)
  }

  @Test(arguments: [
    (token(header: #"{"alg":"none"}"#), TokenError.unknownKey), (token(header: #"{"alg":"HS512"}"#), .unknownKey),
    (token(header: #"{"alg":"RS256"}"#), .unknownKey), (token(header: "{}"), .malformed),
    (token(header: #"{"alg":"HS256","crit":["exp"]}"#), .malformed), (token(header: "[]"), .malformed),
    (token(secret: Array("another".utf8)), .wrongSignature), (token() + "A", .wrongSignature),
    (token() + "=", .malformed), (token() + ".", .malformed), ("..", .malformed), ("", .malformed),
    (String(token().dropLast(43)), .wrongSignature), (token() + String(repeating: "A", count: 5000), .tooLong),
    (token(["exp": "\(now.seconds - 30)"]), .expired), (token(["exp": nil]), .badClaims),
    (token(["exp": "\"tomorrow\""]), .badClaims), (token(["exp": "1e300"]), .badClaims),
    (token(["nbf": "\(now.seconds + 31)"]), .notYetValid), (token(["iat": "\(now.seconds + 31)"]), .notYetValid),
    (token(["iss": "\"another\""]), .wrongIssuer), (token(["iss": nil]), .wrongIssuer),
    (token(["aud": "\"another\""]), .wrongAudience), (token(["aud": "[]"]), .wrongAudience),
    (token(["sub": "\"me\""]), .badClaims), (token(["sid": "7"]), .badClaims), (token(["roles": "[]"]), .badClaims),
  ]) func `that is not in order is refused`(token: String, expected: TokenError) {
    #expect(Self.error(token) == expected)
  }

  @Test(arguments: [
    token(["exp": "\(now.seconds - 29)"]), token(["nbf": "\(now.seconds + 30)"]), token(["aud": #"["a","lakoo"]"#]),
    token(["sid": nil]), token(header: #"{"alg":"HS256","kid":"unheard-of"}"#),
  ]) func `may be off by the leeway, and for several audiences`(token: String) {
    #expect(Self.error(token) == nil)
  }

  @Test func `is accepted with the secret of before while that lasts`() {
    let old = Array("the-secret-of-before-0123456789ab".utf8)
    #expect(Self.error(Self.token(secret: old)) == .wrongSignature)
    #expect(Self.error(Self.token(secret: old), [.hs256(Self.secret), .hs256(old)]) == nil)
  }

  /// RFC 8037, appendix A.4: a signature by the key of appendix A.1.
  @Test func `may be signed with an Ed25519 key`() throws {
    let key = try #require(
      base64URLDecode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo").flatMap { PublicKey(ed25519: $0) })
    let text = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
    let signature = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
    // The signature is right, and what is signed is no claims.
    #expect(Self.error(text + signature, [.eddsa(key)]) == .malformed)
    #expect(Self.error(text + signature.replacing("hgyY", with: "hgyZ"), [.eddsa(key)]) == .wrongSignature)
    #expect(Self.error(text + signature) == .unknownKey)
  }
}

@Suite struct `A key set` {
  /// The modulus of RFC 7515, appendix A.2.
  private static let modulus =
    "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pC"
    + "gNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg66"
    + "5xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyu"
    + "XpoQ"
  /// Header, payload and signature of the same appendix.
  private static let signed =
    "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
    + "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t"
    + "1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzD"
    + "wusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77"
    + "Rw"

  private func json(_ keys: String) -> [UInt8] { Array("{\"keys\":[\(keys)]}".utf8) }

  @Test func `holds RSA keys, which a token names`() throws {
    let key = #"{"kty":"RSA","kid":"2026-11","n":"\#(Self.modulus)","e":"AQAB"}"#
    let named = try KeySet(json: json(key))
    #expect(named.keys.map(\.id) == ["2026-11"])
    let nameless = try KeySet(json: json(key.replacing(#""kid":"2026-11","#, with: "")))
    let error = #expect(throws: TokenError.self) {
      try TokenVerifier(keys: nameless, issuer: "lakoo-auth", audience: "lakoo").verify(
        Array(Self.signed.utf8), at: Instant(seconds: 1_300_819_000))
    }
    // The signature is right; its issuer is another.
    #expect(error == .wrongIssuer)
    let unnamed = #expect(throws: TokenError.self) {
      try TokenVerifier(keys: named, issuer: "joe", audience: "lakoo").verify(
        Array(Self.signed.utf8), at: .init(seconds: 0))
    }
    #expect(unnamed == .unknownKey)
  }

  @Test(arguments: [
    (#"{"kty":"oct","k":"AAAA"}"#, "key 1 is a secret"), (#"{"kty":"EC","kid":"a"}"#, "key 'a' is of a kind"),
    (#"{"kty":"RSA","n":"AQAB","e":"AQAB"}"#, "key 1 is no RSA key of 2048 bits"),
    (#"{"kty":"OKP","crv":"Ed25519","x":"AAAA"}"#, "key 1 is no Ed25519 key"), ("", "no list 'keys'"),
    ("{", "is no JSON"),
  ]) func `that is not in order says which key is not`(keys: String, text: String) {
    let error = #expect(throws: KeySetError.self) { try KeySet(json: json(keys)) }
    #expect(error?.description.contains(text) == true, "\(String(describing: error))")
  }
}

@Suite struct `What is revoked` {
  private let now = Instant(seconds: 1_800_000_000)
  private let user = ID("01890a5d-ac96-774b-bcce-b302099a8057")!
  private let session = ID("01890a5d-ac96-774b-bcce-b302099a8058")!

  @Test func `is a session, or all of a user's tokens of before, until no token of theirs can live`() {
    var revocations = Revocations()
    let claims = TokenClaims(user: user, session: session, version: 3, expires: now + .minutes(15))
    #expect(!revocations.contains(claims))
    revocations.revoke(session: session, at: now)
    #expect(revocations.contains(claims))
    revocations.forgetOld(at: now + .minutes(20))
    #expect(revocations.isEmpty)
    revocations.raise(user: user, to: 4, at: now)
    #expect(revocations.contains(claims))
    revocations.raise(user: user, to: 3, at: now)
    #expect(!revocations.contains(claims))
  }
}

@Suite struct `The memory of tokens` {
  @Test func `keeps what is shown again, forgets what is not, and never outlives a token`() {
    let now = Instant(seconds: 1_800_000_000)
    let claims = TokenClaims(user: ID("01890a5d-ac96-774b-bcce-b302099a8057")!, expires: now + .seconds(60))
    var memory = TokenMemory(capacity: 4)
    let tokens = (0..<6).map { Array("token \($0)".utf8) }
    memory.keep(tokens[0], claims)
    for token in tokens.dropFirst() {
      memory.keep(token, claims)
      #expect(memory.claims(of: tokens[0], at: now, leeway: .zero) == claims)
    }
    #expect(memory.claims(of: tokens[1], at: now, leeway: .zero) == nil)
    #expect(memory.claims(of: tokens[0], at: now + .seconds(60), leeway: .zero) == nil)
    #expect(memory.claims(of: tokens[0], at: now, leeway: .zero) == nil)
  }
}
