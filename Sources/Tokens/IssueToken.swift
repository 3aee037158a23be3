internal import Crypto
public import FunctionKit

/// What a token for development is to say.
public struct TokenGrant: Encodable, Sendable {
  public var iss: String
  public var aud: String
  public var sub: ID
  public var sid: String
  public var roles: [String]
  public var sellerId: ID?
  public var iat: Int64
  public var exp: Int64

  public init(
    issuer: String, audience: String, user: ID, session: String, roles: [String], seller: ID? = nil, at now: Instant,
    lifetime: Duration
  ) {
    (iss, aud, sub, sid, self.roles, sellerId) = (issuer, audience, user, session, roles, seller)
    (iat, exp) = (now.seconds, (now + lifetime).seconds)
  }

  /// The token itself, signed with HS256.
  /// - Throws: `EncodingError`.
  public func signed(with secret: String) throws -> String {
    let head = base64URLEncode(Array(#"{"alg":"HS256","typ":"JWT"}"#.utf8))
    let message = "\(head).\(base64URLEncode(try encodeJSON(self)))"
    return "\(message).\(base64URLEncode(hmacSHA256(key: Array(secret.utf8), message: Array(message.utf8))))"
  }
}
