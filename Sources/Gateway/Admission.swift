private import Crypto
internal import FunctionKit
internal import HTTPServer
internal import Manifest
internal import Runtime

/// Decides who a caller is and whether a route's access rules let them in.
struct Admission {
  let keys: TrustKeys
  let tokens: TokenDesk?

  init(keys: TrustKeys, _ services: HostServices) {
    self.keys = keys
    tokens = keys.tokens.map { TokenDesk($0, services, key: keys.ownInternal) }
  }

  /// - Throws: ``Problem`` 401 without the right credentials, 403 when only the role is wrong.
  func admit(_ head: RequestHead, by door: Door, to access: [Access]) throws(Problem) -> Caller {
    let claims = try claims(head, door)
    if access.contains(where: claims.privileged(by:)) {
      var caller = claims.caller
      caller.isPrivileged = true
      return caller
    }
    if access.contains(where: claims.suffice(for:)) { return claims.caller }
    guard claims.caller.userID != nil, access.contains(where: \.asksForRole) else { throw .unauthenticated }
    throw Problem(403, "forbidden", "Your role does not allow this.")
  }

  /// Who calls a public route: whoever they prove to be, else a stranger.
  func welcome(_ head: RequestHead, by door: Door) -> Caller {
    (try? claims(head, door))?.caller ?? Caller()
  }

  private struct Claims {
    var caller = Caller()
    var isInternal = false

    /// Whether the rule lets them in to see what belongs to anyone; that counts wherever the rule stands in its list.
    func privileged(by rule: Access) -> Bool {
      switch rule {
      case .internal: isInternal
      case .role(let roles): caller.roles.contains { $0 == .admin || roles.contains($0.rawValue) }
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

  /// What the request proves: at the gateway by its token alone, at a service's own port by what stands beside a key.
  private func claims(_ head: RequestHead, _ door: Door) throws(Problem) -> Claims {
    switch door {
    case .gateway: Claims(caller: try tokens?.caller(of: head) ?? Caller())
    case .service: try claims(head.headers)
    case .admin, .local: Claims()
    }
  }

  private func claims(_ headers: Headers) throws(Problem) -> Claims {
    var claims = Claims()
    if let key = headers.firstBytes(TrustHeader.internal) {
      guard keys.isInternal(key) else { throw .unauthenticated }
      claims.isInternal = true
    }
    guard let key = headers.firstBytes(TrustHeader.gateway) else { return claims }
    guard keys.isGateway(key) else { throw .unauthenticated }
    if let user = try id(TrustHeader.user, headers) {
      claims.caller = Caller(
        userID: user, roles: TrustHeader.roles(headers.first(TrustHeader.role)),
        sessionID: headers.first(TrustHeader.session), sellerID: try id(TrustHeader.seller, headers))
    }
    return claims
  }

  private func id(_ name: String, _ headers: Headers) throws(Problem) -> ID? {
    guard let text = headers.first(name) else { return nil }
    guard let id = ID(text) else { throw .unauthenticated }
    return id
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
