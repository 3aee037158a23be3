import FunctionKit

/// Nobody hears of a post that is gone: what was gathered is dropped, what was told and not read is hidden.
struct DropPostNotices: EventHandler {
  struct Input: Decodable {
    var postId: ID
  }

  func handle(_ post: Input, context: Context) async throws {
    let now = context.now
    try await context.db.run(
      """
      update social_batch set status = 'empty', actor_count = 0, actors = '{}', last_actors = '{}', updated_at = \(now)
      where target_id = \(post.postId) and status = 'open'
      """)
    try await context.db.run(
      """
      update notification set deleted_at = \(now), updated_at = \(now)
      where related_type = 'post' and related_id = \(post.postId) and channel = 'in_app' and read_at is null
        and deleted_at is null
      """)
  }
}
