import FunctionKit

/// What has come together in a window.
struct SocialBatch: Decodable, Sendable {
  var id: ID
  var recipientId: ID
  var type: SocialAction
  var targetId: ID
  var flushAt: Instant
  var actorCount: Int
  var lastActors: [ID]
  var preview: String?

  static let columns: SQL = """
    id, recipient_id, type, target_id, flush_at, actor_count, last_actors, preview
    """

  /// What makes the messages of one window after the other one group.
  var groupKey: String { "\(type.rawValue):\(targetId)" }

  /// The most recent three, with those that the message in the app has named before.
  func latest(with group: GroupedMessage?) -> [ID] {
    let before = (group?.actorIds ?? []).filter { !lastActors.contains($0) }
    return Array((lastActors + before).prefix(3))
  }
}

/// The message in the app that a later window adds to, while nobody has read it.
struct GroupedMessage: Decodable, Sendable {
  var id: ID
  var actorIds: [ID]
  var actorCount: Int
}

extension Work {
  func groupedMessage(_ batch: SocialBatch) async throws -> GroupedMessage? {
    try await db.first(
      """
      select id, actor_ids, actor_count from notification
      where user_id = \(batch.recipientId) and group_key = \(batch.groupKey) and channel = 'in_app'
        and read_at is null and deleted_at is null for update
      """)
  }

  /// The people a message names, the most recent first.
  func crowd(of actors: [ID], count: Int) async throws -> SocialCrowd {
    let names: [Named] = try await db.all(
      """
      select display_name as name from unnest(\(actors)::uuid[]) with ordinality as actor (id, place)
      left join recipient on user_id = actor.id and deleted_at is null order by place
      """)
    return SocialCrowd(count: count, names: names.map(\.name))
  }

  private struct Named: Decodable { var name: String? }
}
