internal import Crypto
public import FunctionKit

/// Checks access tokens: JSON Web Tokens (RFC 7519) in compact form, as RFC 8725 asks for.
public struct TokenVerifier: Sendable {
  public var keys: KeySet
  public var issuer: String
  public var audience: String
  /// How far clocks may be apart.
  public var leeway = Duration.seconds(30)
  static let longest = 4096

  public init(keys: KeySet, issuer: String, audience: String) {
    self.keys = keys
    self.issuer = issuer
    self.audience = audience
  }

  /// - Throws: ``TokenError``.
  public func verify(_ token: [UInt8], at now: Instant) throws(TokenError) -> TokenClaims {
    guard token.count <= TokenVerifier.longest else { throw .tooLong }
    let parts = token.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3, let signature = decoded(parts[2]) else { throw .malformed }
    let header = try object(parts[0])
    // RFC 7515: what is critical and not understood makes the token invalid; nothing critical is understood here.
    guard let algorithm = header["alg"]?.string, header["crit"] == nil else { throw .malformed }
    let candidates = keys.candidates(id: header["kid"]?.string, algorithm)
    guard !candidates.isEmpty else { throw .unknownKey }
    let signed = Array(token[..<parts[1].endIndex])
    guard candidates.contains(where: { $0.verifies(signature, of: signed) }) else { throw .wrongSignature }
    return try claims(object(parts[1]), at: now)
  }

  private func claims(_ body: JSON, at now: Instant) throws(TokenError) -> TokenClaims {
    guard body["iss"]?.string == issuer else { throw .wrongIssuer }
    let audiences = body["aud"]?.array?.compactMap(\.string) ?? [body["aud"]?.string].compactMap { $0 }
    guard audiences.contains(audience) else { throw .wrongAudience }
    guard let expires = moment(body["exp"]) else { throw .badClaims }
    guard now - leeway < expires else { throw .expired }
    for name in ["nbf", "iat"] {
      guard let claim = body[name] else { continue }
      guard let start = moment(claim) else { throw .badClaims }
      guard start <= now + leeway else { throw .notYetValid }
    }
    return try bearer(body, expires)
  }

  private func bearer(_ body: JSON, _ expires: Instant) throws(TokenError) -> TokenClaims {
    guard let user = body["sub"]?.string.flatMap({ ID($0) }) else { throw .badClaims }
    let (session, seller) = (try id(body["sid"]), try id(body["sellerId"]))
    guard let roles = body["roles"]?.array?.compactMap(\.string), !roles.isEmpty else { throw .badClaims }
    return TokenClaims(
      user: user, session: session, roles: Set(roles), seller: seller, version: body["tv"]?.int ?? 0, expires: expires)
  }

  private func id(_ value: JSON?) throws(TokenError) -> ID? {
    guard let value, !value.isNull else { return nil }
    guard let id = value.string.flatMap({ ID($0) }) else { throw .badClaims }
    return id
  }

  /// Whole or fractional seconds since 1970, of the years up to 9999.
  private func moment(_ value: JSON?) -> Instant? {
    guard let seconds = value?.double, (0..<253_402_300_800).contains(seconds) else { return nil }
    return Instant(microseconds: Int64(seconds * 1_000_000))
  }

  private func decoded(_ part: ArraySlice<UInt8>) -> [UInt8]? {
    base64URLDecode(String(decoding: part, as: UTF8.self))
  }

  private func object(_ part: ArraySlice<UInt8>) throws(TokenError) -> JSON {
    guard let bytes = decoded(part), let json = try? JSON.parse(bytes), json.object != nil else { throw .malformed }
    return json
  }
}
