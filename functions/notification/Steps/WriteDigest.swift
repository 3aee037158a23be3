import FunctionKit

/// What happened to a user in a week.
struct DigestFacts: Decodable, Sendable, Equatable {
  var likes: Int
  var comments: Int
  var saves: Int
  var followers: Int
  var mentions: Int

  var isNothing: Bool { likes + comments + saves + followers + mentions == 0 }

  /// Of what the user was told of, or would have been: nothing about posts that are muted.
  static func find(_ user: ID, _ week: DigestWeek) -> SQL {
    """
    select coalesce(sum(actor_count) filter (where type in ('post_liked', 'comment_liked')), 0) as likes,
      coalesce(sum(actor_count) filter (where type = 'post_commented'), 0) as comments,
      coalesce(sum(actor_count) filter (where type in ('post_saved', 'post_shared')), 0) as saves,
      coalesce(sum(actor_count) filter (where type = 'new_follower'), 0) as followers,
      (select count(distinct occasion) from notification
        where user_id = \(user) and category = 'social' and type = 'mentioned_in_comment'
          and due_at >= \(week.start) and due_at < \(week.end)) as mentions
    from social_batch
    where recipient_id = \(user) and status = 'flushed' and flush_at >= \(week.start) and flush_at < \(week.end)
      and not exists (select from muted_target
        where user_id = \(user) and target_type = 'post' and muted_target.target_id = social_batch.target_id)
    """
  }
}

extension Work {
  /// Writes one user's letter about a week, by day; once.
  func writeDigest(to user: ID, of week: DigestWeek) async throws {
    let preference = try await Preference.ensure(of: user, now: now, in: db)
    let facts: DigestFacts = try await db.one(DigestFacts.find(user, week))
    guard preference.newsletter, !facts.isNothing, try await isFirstDigest(to: user, of: week) else { return }
    let day = try await end(of: [.ofMarketing], from: now, preference.timezone)
    try await announce(
      Announcement(
        userID: user, relatedType: Announcement.newsletter, template: "newsletter_digest", dueAt: day,
        occasion: "newsletter:\(week.name)", subscription: .newsletter, values: try values(facts, week, to: user)))
  }

  private func isFirstDigest(to user: ID, of week: DigestWeek) async throws -> Bool {
    try await db.run(
      """
      insert into newsletter_digest (week, user_id, created_at) values (\(week.name)::date, \(user), \(now))
      on conflict do nothing
      """) == 1
  }

  private func values(_ facts: DigestFacts, _ week: DigestWeek, to user: ID) throws -> [String: TemplateValue] {
    let token = try unsubscribeToken(user, .newsletter)
    return [
      "from": .text(week.name), "to": .text(week.lastDay), "likes": .text(String(facts.likes)),
      "comments": .text(String(facts.comments)), "saves": .text(String(facts.saves)),
      "followers": .text(String(facts.followers)), "mentions": .text(String(facts.mentions)),
      "link": .text("\(try context.setting("APP_URL"))/notifications"),
      "unsubscribe": .text("\(try context.setting("API_URL"))/unsubscribe?token=\(token)"),
    ]
  }
}
