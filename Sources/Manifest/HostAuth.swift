/// What `auth` of the host's manifest says of the tokens that the gateway believes.
public struct HostAuth: Sendable, Hashable {
  public var issuer = "lakoo-auth"
  public var audience = "lakoo"
  /// The file with the issuer's public keys, a JWK Set; nil where tokens are signed with `JWT_SECRET` alone.
  public var keys: String?
  /// The cookie that a browser may send its token in; nil for none.
  public var cookie: String?
  /// Whose pages may send that cookie along with requests that change something, such as `https://lakoo.id`.
  public var origins: Set<String> = []
  /// For how long the auth service may not say which sessions have ended before the host tells of it.
  public var staleAfter = Duration.seconds(60)

  public init() {}
}

extension HostAuth {
  init(_ fields: Fields) {
    self.init()
    issuer = fields.read("issuer", HostAuth.name) ?? issuer
    audience = fields.read("audience", HostAuth.name) ?? audience
    keys = fields.read("keys", HostAuth.keyFile)
    cookie = fields.read("cookie", HostAuth.cookieName)
    origins = Set(fields.readList("origins", HostAuth.origin))
    staleAfter = fields.read("staleAfter", Units.staleness) ?? staleAfter
    if !origins.isEmpty, !fields.has("cookie") {
      fields.mistakes.add(
        "'origins'\(fields.inPlace) are of use to 'cookie' only; add it, or leave them out", at: fields.position)
    }
  }

  static let names = ["issuer", "audience", "keys", "cookie", "origins", "staleAfter"]

  private static func name(_ text: String) throws(Mistake) -> String {
    guard (1...255).contains(text.utf8.count) else { throw Mistake("must have 1 to 255 characters") }
    return text
  }

  private static func keyFile(_ text: String) throws(Mistake) -> String {
    guard text.hasPrefix("/"), !text.hasSuffix("/") else {
      throw Mistake("is not the whole path of a file; write it like /etc/lakoo/keys.json")
    }
    return text
  }

  /// The prefix makes browsers refuse the cookie from another host, without TLS, or for a part of the paths.
  private static func cookieName(_ text: String) throws(Mistake) -> String {
    guard text.wholeMatch(of: /__Host-[A-Za-z0-9_-]{1,64}/) != nil else {
      throw Mistake("must begin with __Host-, so that no other host can set it; write it like __Host-lakoo")
    }
    return text
  }

  private static func origin(_ text: String) throws(Mistake) -> String {
    guard text.wholeMatch(of: /https?:\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?/) != nil else {
      throw Mistake("is no origin; write it like https://lakoo.id, in lower case and without a path")
    }
    return text
  }
}
