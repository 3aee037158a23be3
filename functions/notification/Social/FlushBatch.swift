import FunctionKit

extension Work {
  /// Turns a window that is over into one line in the app and one push. Flushed before: nothing.
  func flush(_ id: ID) async throws {
    let found: SocialBatch? = try await db.first(
      """
      select \(SocialBatch.columns) from social_batch
      where id = \(id) and status = 'open' and flush_at <= \(now) for update
      """)
    guard let batch = found else { return }
    try await db.run("update social_batch set status = 'flushed', updated_at = \(now) where id = \(id)")
    let preference = try await Preference.ensure(of: batch.recipientId, now: now, in: db)
    guard let plan = try await plan(batch, preference.locale) else { return }
    let open = try await isMuted(batch) ? [] : channels(of: plan, to: batch.recipientId, preference)
    try await countSkipped(batch.type.rawValue, on: plan.channels.filter { !open.contains($0) })
    guard !open.isEmpty else { return }
    let group = try await groupedMessage(batch)
    let total = batch.actorCount + (group?.actorCount ?? 0)
    let text = try await text(batch, group, plan.template, count: total, preference.locale)
    if open.contains(.inApp) {
      if let group {
        try await update(group, text, batch, count: total)
      } else {
        _ = try await insert(message(batch, plan, .inApp, text), preference)
      }
    }
    guard open.contains(.push) else { return }
    if case .capped = try await insert(message(batch, plan, .push, text), preference) {
      try await countSkipped(batch.type.rawValue, on: [.push])
    }
  }

  private func channels(
    of plan: MessagePlan, to user: ID, _ preference: Preference
  ) async throws -> [Channel] {
    ChannelDecision(
      wanted: plan.channels, category: plan.category, type: plan.template.type, priority: plan.priority
    ).channels(preference, try await Reachability.find(user, at: now, in: db))
  }

  /// Whether the user has had enough of the post since.
  private func isMuted(_ batch: SocialBatch) async throws -> Bool {
    guard batch.type.related == "post" else { return false }
    return try await db.one(
      """
      select exists (select from muted_target
        where user_id = \(batch.recipientId) and target_type = 'post' and target_id = \(batch.targetId))
      """)
  }

  private func plan(_ batch: SocialBatch, _ locale: Locale) async throws -> MessagePlan? {
    guard let route = try await EventRoute.find(gathering: batch.type.rawValue, in: db) else { return nil }
    return MessagePlan(
      template: try await Template.active(route.templateCode, locale, in: db), category: route.category,
      priority: route.priority, channels: route.channels)
  }

  private func text(
    _ batch: SocialBatch, _ group: GroupedMessage?, _ template: Template, count: Int, _ locale: Locale
  ) async throws -> RenderedMessage {
    let someone = locale == .english ? "Someone" : "Seseorang"
    var values = try await crowd(of: batch.latest(with: group), count: count).values(someone: someone)
    values["targetId"] = .text(batch.targetId.description)
    values["preview"] = .text(batch.preview ?? "")
    return try template.render(values)
  }

  private func message(
    _ batch: SocialBatch, _ plan: MessagePlan, _ channel: Channel, _ text: RenderedMessage
  ) -> Message {
    Message(
      id: context.newID(), occasion: "batch:\(batch.id)", channel: channel, plan: plan, text: text,
      announcement: Announcement(
        userID: batch.recipientId, relatedType: batch.type.related, relatedID: batch.targetId),
      group: MessageGroup(key: batch.groupKey, actors: batch.lastActors, count: batch.actorCount))
  }

  private func update(
    _ group: GroupedMessage, _ text: RenderedMessage, _ batch: SocialBatch, count: Int
  ) async throws {
    try await db.run(
      """
      update notification set feed_position = \(context.newID()), title = \(text.title), body = \(text.body),
        actor_ids = \(batch.latest(with: group))::uuid[], actor_count = \(count), updated_at = \(now)
      where id = \(group.id)
      """)
  }
}
