import FunctionKit

/// One doing of one user, about to be gathered.
struct Reaction: Sendable {
  var action: SocialAction
  var recipient: ID
  var actor: ID
  /// As the event calls them, for as long as nothing better is known.
  var name: String?
  /// The post or comment; the recipient, for a new follower.
  var target: ID
  /// The post that a user may have muted.
  var post: ID?
  var preview: String?
  var at: Instant

  var key: String { "social:\(recipient):\(action.rawValue):\(target)" }
}

extension Work {
  /// Puts a doing into the window that is open for its kind, or opens one. Each user counts once a day.
  func collect(_ reaction: Reaction) async throws {
    guard reaction.actor != reaction.recipient, now - reaction.at <= SocialAction.memory else { return }
    guard try await isWanted(reaction) else {
      return try await countSkipped(reaction.action.rawValue, on: [.inApp, .push])
    }
    try await note(reaction.name, of: reaction.actor)
    try await hold(reaction.key)
    try await flushWhatIsOver(reaction)
    if try await isNew(reaction) {
      guard try await !join(reaction) else { return }
      try await open(reaction)
    } else if let preview = reaction.preview {
      try await show(preview, of: reaction)
    }
  }

  /// Takes a doing back: out of the window, if it is in one. If it is not, it is to come yet, and will be ignored.
  func retract(_ reaction: Reaction) async throws {
    try await hold(reaction.key)
    try await flushWhatIsOver(reaction)
    _ = try await isNew(reaction)
    try await db.run(
      """
      update social_batch set actors = array_remove(actors, \(reaction.actor)::uuid), actor_count = actor_count - 1,
        last_actors = array(
          select id from unnest(array_remove(actors, \(reaction.actor)::uuid)) with ordinality as actor (id, place)
          order by place desc limit 3),
        status = case actor_count when 1 then 'empty' else 'open' end, updated_at = \(now)
      where recipient_id = \(reaction.recipient) and type = \(reaction.action) and target_id = \(reaction.target)
        and status = 'open' and \(reaction.actor)::uuid = any (actors)
      """)
  }

  /// A window whose time was over before this happened takes nothing in any more, whether the job has been there or not.
  private func flushWhatIsOver(_ reaction: Reaction) async throws {
    let over: ID? = try await db.first(
      """
      select id from social_batch
      where recipient_id = \(reaction.recipient) and type = \(reaction.action) and target_id = \(reaction.target)
        and status = 'open' and flush_at <= \(reaction.at)
      """)
    if let over { try await flush(over) }
  }

  private func isWanted(_ reaction: Reaction) async throws -> Bool {
    let preference = try await Preference.ensure(of: reaction.recipient, now: now, in: db)
    let isOut: Bool = try await db.one(
      """
      select exists (select from muted_target where user_id = \(reaction.recipient)
          and (target_type = 'post' and target_id = \(reaction.post) or target_type = 'user' and target_id = \(reaction.actor)))
        or exists (select from recipient where user_id = \(reaction.recipient) and deleted_at is not null)
      """)
    guard !isOut else { return false }
    return [.inApp, .push].contains { preference.allows($0, .social, type: reaction.action.rawValue) }
  }

  /// Whether it is the first such doing of this user for a day.
  private func isNew(_ reaction: Reaction) async throws -> Bool {
    try await db.run(
      """
      insert into social_seen (recipient_id, type, target_id, actor_id, seen_at)
      values (\(reaction.recipient), \(reaction.action), \(reaction.target), \(reaction.actor), \(reaction.at))
      on conflict (recipient_id, type, target_id, actor_id) do update set seen_at = excluded.seen_at
        where social_seen.seen_at <= \(reaction.at - SocialAction.memory)
      """) == 1
  }

  /// - Returns: false when no window is open.
  private func join(_ reaction: Reaction) async throws -> Bool {
    try await db.run(
      """
      update social_batch set actor_count = actor_count + 1,
        actors = case when cardinality(actors) < 1000 then actors || \(reaction.actor)::uuid else actors end,
        last_actors = (array_prepend(\(reaction.actor)::uuid, last_actors))[:3],
        preview = coalesce(\(reaction.preview), preview), updated_at = \(now)
      where recipient_id = \(reaction.recipient) and type = \(reaction.action) and target_id = \(reaction.target)
        and status = 'open'
      """) == 1
  }

  private func open(_ reaction: Reaction) async throws {
    let before: Int? = try await db.first(
      """
      select actor_count from social_batch
      where recipient_id = \(reaction.recipient) and type = \(reaction.action) and target_id = \(reaction.target)
        and status = 'flushed' order by flush_at desc limit 1
      """)
    try await db.run(
      """
      insert into social_batch (id, recipient_id, type, target_id, window_opened_at, flush_at, actors, actor_count,
        last_actors, preview, created_at, updated_at)
      values (\(context.newID()), \(reaction.recipient), \(reaction.action), \(reaction.target), \(reaction.at),
        \(reaction.at + reaction.action.window(afterOneOf: before)), \([reaction.actor]), 1, \([reaction.actor]),
        \(reaction.preview), \(now), \(now))
      """)
  }

  /// The latest comment is shown, also that of one who has commented already.
  private func show(_ preview: String, of reaction: Reaction) async throws {
    try await db.run(
      """
      update social_batch set preview = \(preview), updated_at = \(now)
      where recipient_id = \(reaction.recipient) and type = \(reaction.action) and target_id = \(reaction.target)
        and status = 'open' and \(reaction.actor)::uuid = any (actors)
      """)
  }
}
