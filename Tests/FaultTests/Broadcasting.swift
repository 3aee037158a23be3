import FaultTesting
import FunctionKit

/// What two admins do with an advertisement: write it, plan it, agree to it, and see it go to more people than one chunk holds.
enum Broadcasting {
  private static let admin = HTTP.user("01900000-0000-7000-8000-0000000000a1").merging(["x-user-role": "admin"]) { $1 }
  private static let other = HTTP.user("01900000-0000-7000-8000-0000000000a2").merging(["x-user-role": "admin"]) { $1 }

  /// One broadcast until everybody has had their turn.
  @Sendable static func tellMany(_ world: World) async throws {
    let code = "obral_\(world.newID())".replacing("-", with: "_")
    let template = try await made("/admin/templates", template(code), world)
    try await agree("/admin/templates/\(template)/activate", admin, world)
    let people = (1...310).map { _ in JSON.string(world.newID().description) }
    let plan: JSON = ["templateCode": .string(code), "channels": ["in_app"], "audience": ["userIds": .array(people)]]
    let broadcast = try await made("/admin/broadcasts", plan, world)
    try await agree("/admin/broadcasts/\(broadcast)/approve", other, world)
    try await Shopping.insist("broadcast \(broadcast) does not end", world) { _ in
      let reply = try? await world.send("notification", "GET", "/admin/broadcasts/\(broadcast)", headers: admin)
      return reply?.data["status"] == "completed"
    }
  }

  private static func template(_ code: String) -> JSON {
    [
      "code": .string(code), "name": "Obral", "type": "promotion", "category": "marketing", "title": "Obral",
      "body": "Semua murah", "channels": ["in_app"], "variables": [:],
    ]
  }

  /// - Returns: the identifier of what was made.
  private static func made(_ path: String, _ body: JSON, _ world: World) async throws -> String {
    var id: String?
    let key = "\(path):\(world.newID())"
    try await Shopping.insist("nothing is made at \(path)", world) { _ in
      guard let reply = try await world.post("notification", path, body: body, headers: admin, key: key) else {
        return false
      }
      guard reply.status == 201 else { throw TestFailure("\(path) is refused: \(reply.text)") }
      id = reply.data["id"]?.string
      return id != nil
    }
    return id ?? ""
  }

  /// What got through although its answer did not is refused when it is asked for again.
  private static func agree(_ path: String, _ headers: [String: String], _ world: World) async throws {
    try await Shopping.insist("nobody agrees to \(path)", world) { _ in
      guard let reply = try await world.post("notification", path, headers: headers) else { return false }
      guard [200, 409].contains(reply.status) else { throw TestFailure("\(path) is refused: \(reply.text)") }
      return true
    }
  }

  static let invariants: [Invariant] = [
    .some("broadcasts", in: "notification", "select count(*) from broadcast"),
    .zero(
      "broadcasts that ended before everybody had their turn, or not at all", in: "notification",
      "select count(*) from broadcast where (status, processed, skipped) <> ('completed', total, 0)"),
    .equal(
      "people to be told, and messages", in: "notification", "select coalesce(sum(total), 0) from broadcast",
      in: "notification",
      "select count(*) from notification where cancel_key like 'broadcast:%'"),
    .zero(
      "people told twice, or of what they were not to hear", in: "notification",
      """
      select count(*) from (
        select from notification n left join broadcast b on n.cancel_key = 'broadcast:' || b.id
        where n.cancel_key like 'broadcast:%'
        group by n.cancel_key, n.user_id having count(*) > 1 or not bool_or(b.audience -> 'userIds' ? n.user_id::text)
      ) wrong
      """),
    .zero(
      "changes of state that are not on record once", in: "notification",
      """
      select count(*) from broadcast where 4 <> (
        select count(distinct to_state) from state_history where entity_id = broadcast.id)
        or 4 <> (select count(*) from state_history where entity_id = broadcast.id)
      """),
  ]
}
