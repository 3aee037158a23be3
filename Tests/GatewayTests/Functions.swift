import FunctionKit
import PlatformTesting

/// Says who it was called by.
protocol Visit: Endpoint where Input == Nothing, Output == Visitor {}

struct Visitor: Encodable {
  var user: ID?
  var role: Caller.Role?
  var isPrivileged: Bool
}

extension Visit {
  func handle(_ input: Nothing, context: Context) async throws -> Visitor {
    Visitor(user: context.caller.userID, role: context.caller.role, isPrivileged: context.caller.isPrivileged)
  }
}

/// Belongs to whoever calls.
protocol OwnVisit: Visit {}

extension OwnVisit {
  func handle(_ input: Nothing, context: Context) async throws -> Visitor {
    try context.requireOwner(context.caller.userID, of: "visit")
    return Visitor(user: context.caller.userID, role: context.caller.role, isPrivileged: context.caller.isPrivileged)
  }
}

struct VisitPublic: Visit {}
struct VisitUser: Visit {}
struct VisitOwner: OwnVisit {}
struct VisitInternal: Visit {}
struct VisitRole: Visit {}
struct VisitUserOrInternal: Visit {}
struct VisitRoleOrInternal: Visit {}
struct VisitOwnerOrRole: OwnVisit {}
struct VisitAdmin: Visit {}
struct VisitInternalPath: Visit {}

/// Gives back what it was given.
struct Echo: Endpoint {
  struct Input: Decodable {
    var id: String
    var q: String?
    var tags: [String]?
  }

  struct Output: Encodable {
    var id: String
    var q: String?
    var tags: [String]?
  }

  func handle(_ input: Input, context: Context) async throws -> Output {
    Output(id: input.id, q: input.q, tags: input.tags)
  }
}

struct Order: Endpoint {
  struct Input: Decodable {
    var product: ID
    var quantity: Int
    var note: String?
  }

  func handle(_ input: Input, context: Context) async throws -> Int {
    var validation = Validation()
    validation.range(input.quantity, "quantity", 1...9)
    validation.text(input.note, "note", length: 0...5)
    try validation.finish()
    return input.quantity
  }
}

let shop = BundleSource(
  "shop",
  """
  endpoints:
    VisitPublic:         { route: GET /visit/public, access: public }
    VisitUser:           { route: GET /visit/user, access: user }
    VisitOwner:          { route: GET /visit/owner, access: owner }
    VisitInternal:       { route: GET /visit/internal, access: internal }
    VisitRole:           { route: GET /visit/role, access: { role: [finance_admin] } }
    VisitUserOrInternal: { route: GET /visit/user-or-internal, access: [user, internal] }
    VisitRoleOrInternal: { route: GET /visit/role-or-internal, access: [{ role: [finance_admin] }, internal] }
    VisitOwnerOrRole:    { route: GET /visit/owner-or-role, access: [owner, { role: [finance_admin] }] }
    VisitAdmin:          { route: GET /admin/visit, access: public }
    VisitInternalPath:   { route: GET /internal/visit, access: public }
    Echo:                { route: GET /echo/:id, access: public }
    Order:               { route: POST /orders, access: public, body: 1KiB }
  """,
  [
    .endpoint(VisitPublic.self), .endpoint(VisitUser.self), .endpoint(VisitOwner.self), .endpoint(VisitInternal.self),
    .endpoint(VisitRole.self), .endpoint(VisitUserOrInternal.self), .endpoint(VisitRoleOrInternal.self),
    .endpoint(VisitOwnerOrRole.self), .endpoint(VisitAdmin.self), .endpoint(VisitInternalPath.self),
    .endpoint(Echo.self), .endpoint(Order.self),
  ], hasDatabase: false)
