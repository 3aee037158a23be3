private import Crypto
internal import FunctionKit
internal import HTTPServer
internal import Manifest

/// The keys by which a service's port believes what it is told.
public struct TrustKeys: Sendable {
  let gateway: [UInt8]
  let `internal`: [UInt8]
  let admin: [UInt8]

  public init(gateway: String, internal: String, admin: String) {
    self.gateway = Array(gateway.utf8)
    self.internal = Array(`internal`.utf8)
    self.admin = Array(admin.utf8)
  }
}

/// Decides who a caller is and whether a route's access rules let them in.
struct Admission {
  let keys: TrustKeys

  /// - Throws: ``Problem`` 401 without the right credentials, 403 when only the role is wrong.
  func admit(_ headers: Headers, by door: Door, to access: [Access]) throws(Problem) -> Caller {
    let claims = try claims(headers, door)
    if access.contains(where: claims.privileged(by:)) {
      return Caller(userID: claims.caller.userID, role: claims.caller.role, isPrivileged: true)
    }
    if access.contains(where: claims.suffice(for:)) { return claims.caller }
    guard claims.caller.userID != nil, access.contains(where: \.asksForRole) else { throw .unauthenticated }
    throw Problem(403, "forbidden", "Your role does not allow this.")
  }

  /// Who calls a public route: whoever they prove to be, else a stranger.
  func welcome(_ headers: Headers, by door: Door) -> Caller {
    (try? claims(headers, door))?.caller ?? Caller()
  }

  private struct Claims {
    var caller = Caller()
    var isInternal = false

    /// Whether the rule lets them in to see what belongs to anyone; that counts wherever the rule stands in its list.
    func privileged(by rule: Access) -> Bool {
      switch rule {
      case .internal: isInternal
      case .role(let roles): caller.role.map { $0 == .admin || roles.contains($0.rawValue) } ?? false
      case .public, .user, .owner: false
      }
    }

    func suffice(for rule: Access) -> Bool {
      switch rule {
      case .public: true
      case .user, .owner: caller.userID != nil
      case .internal, .role: false
      }
    }
  }

  /// What the headers prove. At the gateway's door they prove nothing: whoever sent them is a stranger.
  private func claims(_ headers: Headers, _ door: Door) throws(Problem) -> Claims {
    guard case .service = door else { return Claims() }
    var claims = Claims()
    if let key = headers.firstBytes("x-internal-api-key") {
      guard constantTimeEquals(Array(key), keys.internal) else { throw .unauthenticated }
      claims.isInternal = true
    }
    guard let key = headers.firstBytes("x-gateway-key") else { return claims }
    guard constantTimeEquals(Array(key), keys.gateway) else { throw .unauthenticated }
    if let user = headers.first("x-user-id") {
      guard let id = ID(user) else { throw .unauthenticated }
      claims.caller.userID = id
      claims.caller.role = headers.first("x-user-role").flatMap(Caller.Role.init(rawValue:)) ?? .user
    }
    return claims
  }

  /// Whether the request carries the admin port's token.
  func isAdmin(_ headers: Headers) -> Bool {
    guard let bearer = headers.first("authorization"), bearer.hasPrefix("Bearer ") else { return false }
    return constantTimeEquals(Array(bearer.utf8.dropFirst(7)), keys.admin)
  }
}

extension Access {
  fileprivate var asksForRole: Bool {
    if case .role = self { true } else { false }
  }
}
