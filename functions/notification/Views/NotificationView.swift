import FunctionKit

/// A message in the app as its user sees it.
struct NotificationView: Codable, Sendable {
  var id: ID
  var type: String
  var category: Category
  var title: String
  var body: String
  var actionUrl: String?
  var actionText: String?
  var imageUrl: String?
  var relatedType: String?
  var relatedId: ID?
  var priority: Priority
  /// The latest of those whose doings the message tells of; empty for most.
  var actors: [Actor]
  var actorCount: Int
  var readAt: Instant?
  var createdAt: Instant

  struct Actor: Codable, Sendable {
    var id: ID
    var name: String?
    var avatarUrl: String?
  }

  static let columns: SQL = """
    id, type, category, title, body, action_url, action_text, image_url, related_type, related_id, priority,
    (select coalesce(jsonb_agg(jsonb_build_object(
        'id', actor.user_id, 'name', display_name, 'avatarUrl', avatar_url)
        order by array_position(actor_ids, actor.user_id)), '[]')
      from recipient actor where actor.user_id = any (actor_ids) and actor.deleted_at is null) as actors,
    actor_count, read_at, created_at
    """

  /// What belongs to a user's feed; everything else is as if it were not there.
  static func feed(of user: ID) -> SQL {
    """
    notification.user_id = \(user) and channel = 'in_app' and notification.deleted_at is null and status = 'delivered'
    """
  }
}
