internal import Gateway
internal import TokenTesting
internal import Tokens

/// The keys of a test's platform, and the headers that prove something with them.
public enum Keys {
  static let gateway = "the-gateway-key"
  static let `internal` = "the-internal-key"
  static let admin = "the-admin-token"
  public static let tokenSecret = "the-token-secret"
  public static let tokenSecretOfBefore = "the-token-secret-of-before"
  public static let cookie = "__Host-token"

  static func trust() throws -> TrustKeys {
    let secrets = [tokenSecret, tokenSecretOfBefore].map(TokenKey.init(secret:))
    let verifier = TokenVerifier(
      keys: KeySet(secrets + (try PublishedKeys.keys())), issuer: "lakoo-auth", audience: "lakoo")
    return TrustKeys(
      gateway: [gateway, "the-gateway-key-of-before"], internal: [`internal`, "the-internal-key-of-before"],
      admin: admin,
      tokens: TokenRules(
        verifier: verifier, cookie: cookie, origins: ["https://shop.test"],
        every: .milliseconds(5), staleAfter: .seconds(60)))
  }

  static let secrets = ["INTERNAL_API_KEY": `internal`, "GATEWAY_SECRET_KEY": gateway]

  public static let asAdmin = [("authorization", "Bearer \(admin)")]
  public static let asService = [("x-internal-api-key", `internal`)]
  public static let wrongService = [("x-internal-api-key", "another-key")]
  public static let asGateway = [("x-gateway-key", gateway)]
  public static let wrongGateway = [("x-gateway-key", "another-key")]

  public static func asUser(_ id: String = Keys.user, role: String? = nil) -> [(String, String)] {
    asGateway + [("x-user-id", id)] + (role.map { [("x-user-role", $0)] } ?? [])
  }

  /// What a client at the gateway sends.
  public static func bearing(_ token: String) -> [(String, String)] { [("authorization", "Bearer \(token)")] }

  public static let user = "01890a5d-ac96-774b-bcce-b302099a8057"
  public static let otherUser = "01890a5d-ac96-774b-bcce-b302099a8058"
}
