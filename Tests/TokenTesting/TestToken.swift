private import Crypto
private import FunctionKit

/// A token whose every part a test may change.
public struct TestToken: Sendable {
  public var header = #"{"alg":"HS256","typ":"JWT"}"#
  /// Names with their values as JSON.
  private var claims: [(name: String, json: String)]

  public static let user = "01890a5d-ac96-774b-bcce-b302099a8057"

  /// One that is in order, for a quarter of an hour.
  public init(
    at seconds: Int64, user: String = TestToken.user, roles: [String] = ["user"], session: String = "session-1"
  ) {
    claims = [
      ("iss", #""lakoo-auth""#), ("aud", #""lakoo""#), ("sub", "\"\(user)\""), ("sid", "\"\(session)\""),
      ("roles", "\(roles)"), ("iat", "\(seconds)"), ("exp", "\(seconds + 900)"),
    ]
  }

  /// - Parameter json: nil leaves the claim out.
  public func with(_ name: String, _ json: String?) -> TestToken {
    var token = self
    token.claims.removeAll { $0.name == name }
    if let json { token.claims.append((name, json)) }
    return token
  }

  public func headed(_ header: String) -> TestToken {
    var token = self
    token.header = header
    return token
  }

  /// What is to be signed.
  public var message: String {
    let payload = "{" + claims.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
    return "\(base64URLEncode(Array(header.utf8))).\(base64URLEncode(Array(payload.utf8)))"
  }

  public func signed(_ secret: String) -> String {
    "\(message).\(base64URLEncode(hmacSHA256(key: Array(secret.utf8), message: Array(message.utf8))))"
  }
}
