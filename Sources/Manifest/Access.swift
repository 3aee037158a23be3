/// Who may call an endpoint. A list of these admits whoever passes any one of them.
public enum Access: Sendable, Hashable {
  /// Anyone, signed in or not.
  case `public`
  /// Any signed-in user.
  case user
  /// The signed-in user that the resource belongs to; the function itself decides whose it is.
  case owner
  /// Another service.
  case `internal`
  /// A signed-in user with one of these roles.
  case role(Set<String>)
}

extension Access {
  static let roles = [
    "user", "seller", "brand_manager", "warehouse_admin", "moderator", "support_agent", "finance_admin", "admin",
  ]

  private static let words: [String: Access] = [
    "public": .public, "user": .user, "owner": .owner, "internal": .internal,
  ]

  init(parsing text: String) throws(Mistake) {
    if let access = Self.words[text] {
      self = access
      return
    }
    guard !Self.roles.contains(text) else { throw Mistake("is a role; write { role: [\(text)] }") }
    let choices = "use public, user, owner, internal or { role: [...] }"
    throw Mistake("is not known; \(choices)\(hint(for: text, among: Self.words.keys))")
  }

  static func role(_ text: String) throws(Mistake) -> String {
    guard roles.contains(text) else {
      throw Mistake("is not a role" + hint(for: text, among: roles, otherwise: "; use \(listed(roles))"))
    }
    return text
  }
}

extension Fields {
  /// Reads `access: owner`, `access: { role: [admin] }` or a list of such.
  func readAccess() -> [Access] {
    require("access", example: "user")
    guard let value = value("access") else { return [] }
    guard let items = value.list else { return readAccess(value).map { [$0] } ?? [] }
    let rules = items.compactMap(readAccess)
    if items.isEmpty { refuse(value, of: "access", Mistake("is an empty list; say who may call")) }
    if firstRepeated(in: rules) != nil { refuse(value, of: "access", Mistake("lists the same rule twice; keep one")) }
    if rules.contains(.public), items.count > 1 {
      refuse(value, of: "access", Mistake("combines public with other rules; public already admits anyone"))
    }
    return rules
  }

  private func readAccess(_ value: Value) -> Access? {
    guard value.map != nil else { return read(value, of: "access", Access.init(parsing:)) }
    let name = place.map { "access of \($0)" }
    guard let fields = Fields(value, in: name, keys: ["role"], mistakes) else { return nil }
    fields.require("role", example: "[admin]")
    return .role(Set(fields.readFilledList("role", Access.role)))
  }
}
