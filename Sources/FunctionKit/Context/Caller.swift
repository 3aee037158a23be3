/// Who sent a request, as the host has verified it.
public struct Caller: Sendable, Hashable {
  public var userID: ID?
  public var role: Role?
  /// Whether the request was let in for the caller's role or as another service, and so may see what belongs to anyone.
  public var isPrivileged: Bool

  public init(userID: ID? = nil, role: Role? = nil, isPrivileged: Bool = false) {
    self.userID = userID
    self.role = role
    self.isPrivileged = isPrivileged
  }

  public enum Role: String, Sendable, Hashable, CaseIterable, Codable {
    case user, seller, admin, moderator
    case brandManager = "brand_manager"
    case warehouseAdmin = "warehouse_admin"
    case supportAgent = "support_agent"
    case financeAdmin = "finance_admin"
  }
}

extension Context {
  /// The signed-in user.
  /// - Throws: ``Problem/unauthenticated``.
  public func requireUser() throws -> ID {
    guard let user = caller.userID else { throw Problem.unauthenticated }
    return user
  }

  /// Proves that the caller may see what belongs to `owner`.
  /// - Throws: ``Problem`` 404, so that ids can't be probed.
  public func requireOwner(_ owner: ID?, of what: String) throws {
    guard caller.isPrivileged || (owner != nil && caller.userID == owner) else { throw Problem.notFound(what) }
  }
}
