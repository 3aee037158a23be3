import FunctionKit

/// A message to one user on one channel, about to be stored.
struct Message: Sendable {
  var id: ID
  /// What caused it.
  var occasion: String
  var channel: Channel
  var plan: MessagePlan
  var text: RenderedMessage
  var announcement: Announcement
  var group: MessageGroup?

  /// What makes two messages the same one.
  var identity: String { "\(occasion):\(announcement.userID):\(plan.template.code):\(channel.rawValue)" }

  var shortText: String? { channel == .sms || channel == .push ? text.shortText : nil }
  var html: String? { channel == .email ? text.html : nil }

  /// What a press on a letter's link ends.
  var subscription: UnsubscribeToken.Scope? {
    guard channel == .email else { return nil }
    return announcement.subscription ?? (plan.category == .marketing ? .marketing : nil)
  }
}

/// What a message about several people's doings has besides.
struct MessageGroup: Sendable {
  var key: String
  /// The most recent first.
  var actors: [ID]
  /// All of them.
  var count: Int
}

extension Work {
  /// - Returns: whether it is new; false for a replay.
  func store(_ message: Message, due: Instant, isThere: Bool) async throws -> Bool {
    let (announcement, plan, text) = (message.announcement, message.plan, message.text)
    let thereAt = isThere ? now : nil
    let code = plan.template.isFreeText ? nil : plan.template.code
    return try await db.run(
      """
      insert into notification (id, feed_position, user_id, type, category, channel, template_code, template_version,
        title, body, short_text, html, action_url, action_text, related_type, related_id, priority, occasion, due_at,
        scheduled_for, cancel_key, group_key, actor_ids, actor_count, metadata, status, attempts, next_attempt_at, sent_at, delivered_at, dedupe_key, created_at,
        updated_at)
      values (\(message.id), \(message.id), \(announcement.userID), \(plan.template.type), \(plan.category),
        \(message.channel), \(code), \(code == nil ? nil : plan.template.version), \(text.title), \(text.body),
        \(message.shortText), \(message.html), \(announcement.actionURL ?? text.actionURL), \(text.actionText),
        \(announcement.relatedType), \(announcement.relatedID), \(plan.priority), \(message.occasion), \(due),
        \(announcement.dueAt), \(announcement.cancelKey), \(message.group?.key),
        \(message.group?.actors ?? [])::uuid[], \(message.group?.count ?? 1), \(try metadata(of: message)), \(isThere ? "delivered" : "pending"),
        \(isThere ? 1 : 0),        \(isThere ? nil : due), \(thereAt), \(thereAt),
        encode(sha256(convert_to(\(message.identity), 'UTF8')), 'hex'), \(now), \(now))
      on conflict (dedupe_key) do nothing
      """) == 1
  }

  /// With a letter that advertises goes the link that ends such letters; with what was not wanted on this channel, that it
  /// stands in for a push.
  private func metadata(of message: Message) throws -> JSON {
    var metadata = JSONObject()
    if !message.plan.channels.contains(message.channel) { metadata["standIn"] = true }
    if let scope = message.subscription {
      metadata["unsubscribe"] = .string(try unsubscribeToken(message.announcement.userID, scope))
    }
    return .object(metadata)
  }

  func unsubscribeToken(_ user: ID, _ scope: UnsubscribeToken.Scope) throws -> String {
    try UnsubscribeToken(user: user, scope: scope, expiresAt: now + UnsubscribeToken.life).text(context)
  }

  func unsubscribeLink(for user: ID) throws -> JSON {
    ["unsubscribe": .string(try unsubscribeToken(user, .marketing))]
  }
}
