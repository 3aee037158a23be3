public import FunctionKit

/// What a token that has been verified says of its bearer.
public struct TokenClaims: Sendable, Hashable {
  public let user: ID
  /// The session that it was issued for, and ends with.
  public let session: String
  public let roles: Set<Caller.Role>
  /// The seller that the user sells as.
  public let seller: ID?
  /// A number of the user's that rises when all tokens before are to end.
  public let version: Int
  /// Seconds since 1970.
  public let issuedAt: Int64
  public let expiresAt: Int64
}

extension TokenClaims {
  private static let longestSession = 128

  /// Roles that are not known here give nothing.
  init(_ json: JSON) throws(TokenRefusal) {
    guard let user = json["sub"]?.string.flatMap({ ID($0) }) else { throw .malformed("has no UUID as its sub") }
    guard let session = json["sid"]?.string, (1...TokenClaims.longestSession).contains(session.utf8.count) else {
      throw .malformed("has no sid")
    }
    guard let roles = json["roles"]?.array else { throw .malformed("has no list of roles") }
    self.user = user
    self.session = session
    self.roles = Set(roles.compactMap { $0.string.flatMap(Caller.Role.init(rawValue:)) }).union([.user])
    seller = try json.seller
    version = try json.version
    issuedAt = try json.seconds("iat")
    expiresAt = try json.seconds("exp")
  }
}

extension JSON {
  fileprivate var seller: ID? {
    get throws(TokenRefusal) {
      guard let claim = self["sellerId"], claim != .null else { return nil }
      guard let seller = claim.string.flatMap({ ID($0) }) else { throw .malformed("has a sellerId that is no UUID") }
      return seller
    }
  }

  /// A token that names none is of the first.
  fileprivate var version: Int {
    get throws(TokenRefusal) {
      guard let claim = self["tv"] else { return 0 }
      guard let version = claim.int, version >= 0 else { throw .malformed("has a tv that is no whole number") }
      return version
    }
  }

  /// A time in whole seconds; what lies beyond all calendars is none.
  func seconds(_ name: String) throws(TokenRefusal) -> Int64 {
    guard let seconds = self[name]?.int, (0...253_402_300_799).contains(seconds) else {
      throw .malformed("has no \(name) in whole seconds")
    }
    return Int64(seconds)
  }
}
