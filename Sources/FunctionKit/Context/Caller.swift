/// Who sent a request, as the host has verified it.
public struct Caller: Sendable, Hashable {
  public var userID: ID?
  /// Everything that the user may act as; empty for a stranger.
  public var roles: Set<Role>
  /// The session that the user has signed in to; nil where none is known.
  public var sessionID: String?
  /// The seller that the user sells as; nil for everybody else.
  public var sellerID: ID?
  /// Whether the request was let in for the caller's role or as another service, and so may see what belongs to anyone.
  public var isPrivileged: Bool

  public init(
    userID: ID? = nil, roles: Set<Role> = [], sessionID: String? = nil, sellerID: ID? = nil, isPrivileged: Bool = false
  ) {
    self.userID = userID
    self.roles = roles
    self.sessionID = sessionID
    self.sellerID = sellerID
    self.isPrivileged = isPrivileged
  }

  public init(userID: ID? = nil, role: Role?, isPrivileged: Bool = false) {
    self.init(userID: userID, roles: role.map { [$0] } ?? [], isPrivileged: isPrivileged)
  }

  /// The one that says most, for what has room for one only: `admin` before all, `user` after all.
  public var role: Role? { Role.allCases.first(where: roles.contains) }

  /// From the most to the least.
  public enum Role: String, Sendable, Hashable, CaseIterable, Codable {
    case admin
    case financeAdmin = "finance_admin"
    case warehouseAdmin = "warehouse_admin"
    case moderator
    case supportAgent = "support_agent"
    case brandManager = "brand_manager"
    case seller, user
  }
}
