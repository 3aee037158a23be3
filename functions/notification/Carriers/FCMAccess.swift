import FunctionKit

extension Context {
  /// What FCM lets us in with for about an hour, from here or else from where its service accounts sign in.
  /// - Parameter isFresh: whether what is kept will not do.
  /// - Returns: nil when there is none to be had now.
  func fcmAccess(isFresh: Bool) async throws -> String? {
    if !isFresh, let kept = try await keptAccess() { return kept }
    guard let (token, life) = try await exchange() else { return nil }
    let sealed = try seal(token, with: UnsubscribeToken.secret, for: "access:fcm")
    let now = now
    try await transaction { tx in
      try await tx.db.run(
        """
        insert into carrier_access (provider, token, expires_at, updated_at)
        values ('fcm', \(sealed), \(now + .seconds(life)), \(now))
        on conflict (provider) do update set token = excluded.token, expires_at = excluded.expires_at,
          updated_at = excluded.updated_at
        """)
    }
    return token
  }

  /// Not in the last five minutes of its life.
  private func keptAccess() async throws -> String? {
    let sealed: Sealed? = try await db.first(
      "select token from carrier_access where provider = 'fcm' and expires_at > \(now + .minutes(5))")
    guard let sealed else { return nil }
    do { return try open(sealed, with: UnsubscribeToken.secret, for: "access:fcm") } catch is SealBroken { return nil }
  }

  private func exchange() async throws -> (token: String, life: Int64)? {
    var request = UpstreamRequest("google-oauth", "POST", "/token")
    request.headers.append((name: "content-type", value: "application/x-www-form-urlencoded"))
    request.body = formEncoded([
      ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", try fcmAssertion()),
    ])
    do {
      let response = try await http.send(request)
      guard response.status == 200, let answer = try? response.decode(Granted.self) else {
        log.error("FCM's service account was not let in: \(response.status)")
        return nil
      }
      return (answer.accessToken, min(max(answer.expiresIn ?? 3600, 0), 86_400))
    } catch let error as UpstreamError {
      log.warning("google-oauth gave no answer: \(error.message)")
      return nil
    }
  }

  /// Who we are, signed by the service account's key (RFC 7523).
  private func fcmAssertion() throws -> String {
    let claims: JSON = [
      "iss": .string(try setting("FCM_CLIENT_EMAIL")),
      "scope": "https://www.googleapis.com/auth/firebase.messaging",
      "aud": .string(try baseURL(of: "google-oauth") + "/token"),
      "iat": .number(JSONNumber(Int(now.seconds))), "exp": .number(JSONNumber(Int(now.seconds) + 3600)),
    ]
    let header: JSON = ["alg": "RS256", "typ": "JWT"]
    let content = base64URLEncode(header.serialized()) + "." + base64URLEncode(claims.serialized())
    return content + "." + base64URLEncode(try sign(Array(content.utf8), with: "FCM_PRIVATE_KEY", as: .privateKey))
  }

  private struct Granted: Decodable {
    var accessToken: String
    var expiresIn: Int64?

    private enum CodingKeys: String, CodingKey {
      case accessToken = "access_token"
      case expiresIn = "expires_in"
    }
  }
}
