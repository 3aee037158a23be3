import FaultTesting
import TokenTesting

private import Glibc

/// Somebody who asks, with what they send and what that proves.
struct AccessSender {
  let name: String
  let headers: [String: String]
  let proof: AccessProof

  private static let secret = "lakoo-development-jwt-secret-0123456789"
  private static let other = "018f2f5e-7b1a-7c3d-9e4f-0123456789ff"
  private static let forged = HTTP.user(other).merging(HTTP.service) { $1 }.merging(["x-user-role": "admin"]) { $1 }

  /// Nothing but a token counts at the gateway.
  static func atGateway() -> [AccessSender] {
    let now = Int64(time(nil))
    func token(_ roles: String...) -> TestToken { TestToken(at: now, user: other, roles: ["user"] + roles) }
    func bearing(_ text: String) -> [String: String] { ["authorization": "Bearer \(text)"] }
    let users = [[], ["seller"], ["support_agent"], ["finance_admin"], ["admin"]].map { roles in
      let token = TestToken(at: now, user: other, roles: ["user"] + roles)
      return AccessSender(
        name: "user \(roles)", headers: bearing(token.signed(secret)), proof: .user(Set(roles + ["user"])))
    }
    let strangers: [(String, [String: String])] = [
      ("nobody", [:]), ("expired", bearing(TestToken(at: now - 2000, roles: ["admin"]).signed(secret))),
      ("wrong signature", bearing(token("admin").signed("guess"))),
      ("alg none", bearing(token("admin").headed(#"{"alg":"none"}"#).message + ".")),
      ("alg RS256", bearing(token("admin").headed(#"{"alg":"RS256"}"#).signed(secret))),
      (
        "public key as secret",
        bearing(token("admin").headed(#"{"alg":"HS256","kid":"rsa"}"#).signed(PublishedKeys.rsaPEM))
      ),
      ("forged headers", forged), ("internal key", HTTP.service),
      ("wrong internal key", ["x-internal-api-key": "guess"]),
    ]
    let headers = forged.merging(bearing(token().signed(secret))) { $1 }
    return users + strangers.map { AccessSender(name: $0, headers: $1, proof: .nothing) } + [
      AccessSender(name: "user with forged headers", headers: headers, proof: .user(["user"]))
    ]
  }

  /// A service's port takes no token: the gateway has looked at it.
  static func atService() -> [AccessSender] {
    let token = TestToken(at: Int64(time(nil)), roles: ["admin"]).signed(secret)
    func user(_ role: String) -> [String: String] { HTTP.user(other).merging(["x-user-role": role]) { $1 } }
    let users = ["user", "seller", "support_agent", "finance_admin", "admin", "seller,user"].map { roles in
      AccessSender(
        name: "user \(roles)", headers: user(roles), proof: .user(Set(roles.split(separator: ",").map(String.init))))
    }
    let strangers: [(String, [String: String])] = [
      ("nobody", [:]), ("token", ["authorization": "Bearer \(token)"]),
      ("forged user", ["x-user-id": other, "x-user-role": "admin"]),
      ("wrong gateway key", user("admin").merging(["x-gateway-key": "guess"]) { $1 }),
      ("wrong internal key", ["x-internal-api-key": "guess"]),
      ("wrong internal key, right user", user("admin").merging(["x-internal-api-key": "guess"]) { $1 }),
    ]
    return users + strangers.map { AccessSender(name: $0, headers: $1, proof: .nothing) } + [
      AccessSender(name: "service", headers: HTTP.service, proof: .service)
    ]
  }
}
