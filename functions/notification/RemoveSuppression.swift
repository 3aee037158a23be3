import FunctionKit

/// Has an address written to again. What came back may be mended, and so support may say; who has complained or
/// unsubscribed has spoken, and only an admin may go against that.
struct RemoveSuppression: Endpoint {
  struct Input: Decodable, Limited {
    var channel: Channel
    /// As the list of them has it.
    var addressHash: String

    static let limits: [String: FieldLimit] = ["addressHash": SuppressionView.hash]
  }

  func handle(_ input: Input, context: Context) async throws -> NoContent {
    let work = context.ownWork
    let found: SuppressionReason? = try await work.db.first(
      """
      select reason from suppression
      where channel = \(input.channel) and address_hash = \(input.addressHash) for update
      """)
    guard let reason = found else { throw Problem.notFound("suppression") }
    guard !reason.isOwnWish || context.caller.roles.contains(.admin) else {
      throw Problem(403, "forbidden", "Whoever has complained or unsubscribed is written to again by an admin only.")
    }
    try await work.lift(input.channel, input.addressHash, reason)
    return NoContent()
  }
}

extension Work {
  fileprivate func lift(_ channel: Channel, _ hash: String, _ reason: SuppressionReason) async throws {
    try await db.run("delete from suppression where channel = \(channel) and address_hash = \(hash)")
    try await db.run("delete from soft_bounce where channel = \(channel) and address_hash = \(hash)")
    // Half of the hash is an id that stays the same, should it happen again.
    let id: ID = try await db.one("select left(\(hash), 32)::uuid")
    try await record(
      "suppression", id, from: reason.rawValue, to: "removed", trigger: "RemoveSuppression", note: channel.rawValue)
  }
}
