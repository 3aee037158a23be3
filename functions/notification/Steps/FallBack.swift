import FunctionKit

extension Work {
  /// Sends a pressing message that could not be pushed, or what stood in for it, on the next channel that reaches its
  /// user: one success is enough, and none is tried twice.
  func fallBack(from letter: Letter) async throws {
    guard letter.channel == .push || letter.isStandIn else { return }
    if let key = letter.cancelKey, try await isCancelled(key) { return }
    let preference = try await Preference.ensure(of: letter.userId, now: now, in: db)
    let reachability = try await Reachability.find(letter.userId, at: now, in: db)
    for channel in ChannelDecision.instead(letter.priority) {
      let isOpen = preference.allows(channel, letter.category, type: letter.type) && reachability.reaches(channel)
      guard isOpen else { continue }
      switch try await status(on: channel, beside: letter) {
      case nil: return try await copy(letter, to: channel)
      case .failed, .cancelled: continue
      case .pending, .queued, .sent, .delivered: return
      }
    }
  }

  /// How far the same message is on another channel; nil when it is not on it.
  private func status(on channel: Channel, beside letter: Letter) async throws -> MessageStatus? {
    try await db.first(
      """
      select other.status from notification as one join notification as other
        on other.user_id = one.user_id and other.occasion = one.occasion
          and other.template_code is not distinct from one.template_code
      where one.id = \(letter.id) and other.channel = \(channel) limit 1
      """)
  }

  private func copy(_ letter: Letter, to channel: Channel) async throws {
    try await db.run(
      """
      insert into notification (id, feed_position, user_id, type, category, channel, template_code, template_version,
        title, body, short_text, action_url, action_text, related_type, related_id, priority, occasion, due_at,
        cancel_key, metadata, status, attempts, next_attempt_at, dedupe_key, created_at, updated_at)
      select new_id, new_id, user_id, type, category, \(channel), template_code, template_version, title, body,
        case when \(channel == .sms)::boolean then short_text end, action_url, action_text, related_type, related_id,
        priority, occasion, \(now), cancel_key, metadata || '{"standIn": true}', 'pending', 0, \(now),
        encode(sha256(convert_to(
          occasion || ':' || user_id || ':' || coalesce(template_code, '') || ':' || \(channel.rawValue), 'UTF8')), 'hex'),
        \(now), \(now)
      from notification, (values (\(context.newID())::uuid)) as new (new_id)
      where id = \(letter.id) and occasion is not null
      on conflict (dedupe_key) do nothing
      """)
  }
}
