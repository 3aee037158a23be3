internal import FunctionKit
internal import HTTPServer
internal import Manifest
internal import Tokens

/// Decides who a caller is and whether a route's access rules let them in.
struct Admission {
  let keys: TrustKeys
  let tokens: TokenGate?

  /// - Throws: ``Problem`` 401 without the right credentials, 403 when only the role is wrong.
  func admit(_ head: RequestHead, by door: Door, to access: [Access]) throws(Problem) -> Caller {
    var claims = try claims(head, door)
    if access.contains(where: claims.privileged(by:)) {
      claims.caller.isPrivileged = true
      return claims.caller
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

  /// What the headers prove: at the gateway's door only a token does, at a service's only what comes with the right key.
  private func claims(_ head: RequestHead, _ door: Door) throws(Problem) -> Claims {
    switch door {
    case .gateway: try bearer(head)
    case .service: try trusted(head.headers)
    case .admin, .local: Claims()
    }
  }

  private func bearer(_ head: RequestHead) throws(Problem) -> Claims {
    guard let token = try tokens?.bearer(head) else { return Claims() }
    let caller = Caller(
      userID: token.user, roles: Caller.Role.all(in: token.roles), sessionID: token.session, sellerID: token.seller)
    return Claims(caller: caller)
  }

  private func trusted(_ headers: Headers) throws(Problem) -> Claims {
    var claims = Claims()
    if let key = headers.firstBytes("x-internal-api-key") {
      guard keys.isInternal(key) else { throw .unauthenticated }
      claims.isInternal = true
    }
    guard let key = headers.firstBytes("x-gateway-key") else { return claims }
    guard keys.isGateway(key) else { throw .unauthenticated }
    guard headers.firstBytes("x-user-id") != nil else { return claims }
    guard let user = id("x-user-id", in: headers) else { throw .unauthenticated }
    claims.caller.userID = user
    let roles = headers.first("x-user-role")?.split(separator: ",").map(String.init) ?? []
    claims.caller.roles = Caller.Role.all(in: roles)
    claims.caller.sessionID = id("x-session-id", in: headers)
    claims.caller.sellerID = id("x-user-seller-id", in: headers)
    return claims
  }

  private func id(_ name: String, in headers: Headers) -> ID? { headers.first(name).flatMap { ID($0) } }

  /// Whether the request carries the admin port's token.
  func isAdmin(_ headers: Headers) -> Bool {
    guard let bearer = headers.first("authorization"), bearer.hasPrefix("Bearer ") else { return false }
    return keys.isAdmin(Array(bearer.utf8.dropFirst(7))[...])
  }
}

extension Access {
  fileprivate var asksForRole: Bool {
    if case .role = self { true } else { false }
  }
}

extension Caller.Role {
  /// The roles among the words; whoever has none that is known here is a user like all others.
  fileprivate static func all(in words: some Sequence<String>) -> Set<Caller.Role> {
    let roles = Set(words.compactMap(Caller.Role.init(rawValue:)))
    return roles.isEmpty ? [.user] : roles
  }
}
