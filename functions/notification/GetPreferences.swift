import FunctionKit

/// What the user wants to hear, and where.
struct GetPreferences: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Reply<PreferenceView> {
    let user = try context.requireUser()
    // Reading makes nothing: who has never chosen sees what is so without a choice.
    let stored: PreferenceView? = try await context.db.first(PreferenceView.stored(of: user))
    if let stored { return Reply(stored).version(stored.version) }
    return Reply(try await context.db.one(PreferenceView.usual)).version(0)
  }
}

extension PreferenceView {
  fileprivate static func stored(of user: ID) -> SQL {
    "select \(columns) from notification_preference where user_id = \(user)"
  }

  /// The table's own defaults.
  fileprivate static let usual: SQL = """
    select \(columns) from (select true as email_enabled, true as push_enabled, true as in_app_enabled,
      true as sms_enabled, false as whatsapp_enabled, true as order_updates, true as promotions, true as price_alerts,
      false as newsletter, true as social_likes, true as social_comments, true as social_saves, true as social_follows,
      true as social_mentions, true as seller_updates, '{}'::jsonb as overrides, false as quiet_enabled,
      '22:00' as quiet_start, '08:00' as quiet_end, 'Asia/Jakarta' as timezone, 'id' as locale, 0 as version) usual
    """
}
