internal import Crypto
public import FunctionKit

/// Makes access tokens with a shared secret: for development and tests, and for whoever issues them.
public struct TokenSigner: Sendable {
  private let secret: [UInt8]
  private let issuer: String
  private let audience: String

  public init(secret: [UInt8], issuer: String, audience: String) {
    self.secret = secret
    self.issuer = issuer
    self.audience = audience
  }

  public func sign(_ claims: TokenClaims, at now: Instant) throws -> String {
    struct Body: Encodable {
      var iss, aud, sub: String
      var sid, sellerId: String?
      var roles: [String]
      var tv: Int
      var iat, exp: Int64
    }
    let body = Body(
      iss: issuer, aud: audience, sub: claims.user.description, sid: claims.session?.description,
      sellerId: claims.seller?.description, roles: claims.roles.sorted(), tv: claims.version, iat: now.seconds,
      exp: claims.expires.seconds)
    return TokenSigner.compact(header: #"{"alg":"HS256","typ":"JWT"}"#, body: try encodeJSON(body), secret)
  }

  static func compact(header: String, body: [UInt8], _ secret: [UInt8]) -> String {
    let signed = base64URLEncode(Array(header.utf8)) + "." + base64URLEncode(body)
    return signed + "." + base64URLEncode(hmacSHA256(key: secret, message: Array(signed.utf8)))
  }
}
