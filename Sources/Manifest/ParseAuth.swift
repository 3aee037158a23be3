extension HostManifest {
  /// Whose tokens let users in at the gateway.
  public struct Auth: Sendable, Hashable {
    public var issuer = "lakoo-auth"
    public var audience = "lakoo"
    /// The cookie in which browsers may send a token; nil when only a header counts.
    public var cookie: String?
    /// The origins whose pages may change something by the cookie.
    public var origins: [String] = []

    public init() {}
  }
}

extension Fields {
  /// Reads `auth: { issuer: lakoo-auth, audience: lakoo, cookie: __Host-lakoo, origins: [https://lakoo.id] }`.
  func readAuth() -> HostManifest.Auth {
    var auth = HostManifest.Auth()
    guard let fields = fields("auth", keys: ["issuer", "audience", "cookie", "origins"]) else { return auth }
    auth.issuer = fields.read("issuer", claim) ?? auth.issuer
    auth.audience = fields.read("audience", claim) ?? auth.audience
    auth.cookie = fields.read("cookie", cookieName)
    if fields.entry("origins") != nil { auth.origins = fields.readFilledList("origins", origin) }
    return auth
  }
}

private func claim(_ text: String) throws(Mistake) -> String {
  guard !text.isEmpty, text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
    throw Mistake("is not a name that a token can carry; use printable characters without spaces")
  }
  return text
}

/// Browsers take a cookie of that prefix only over HTTPS, for the whole host, and from nobody else.
private func cookieName(_ text: String) throws(Mistake) -> String {
  guard text.wholeMatch(of: /__Host-[A-Za-z0-9_-]+/) != nil else {
    throw Mistake("is not a cookie that can be trusted; let its name begin with __Host-, like __Host-lakoo")
  }
  return text
}

private func origin(_ text: String) throws(Mistake) -> String {
  guard text.wholeMatch(of: /https?:\/\/[a-z0-9.-]+(:[0-9]{1,5})?/) != nil else {
    throw Mistake("is not an origin; write it like https://lakoo.id, in small letters and without a path")
  }
  return text
}
