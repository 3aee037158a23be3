import FunctionKit

/// Changes what the user wants to hear; what is left out stays.
struct UpdatePreferences: Endpoint {
  struct Input: Decodable {
    var emailEnabled: Bool?
    var pushEnabled: Bool?
    var inAppEnabled: Bool?
    var smsEnabled: Bool?
    var whatsappEnabled: Bool?
    var orderUpdates: Bool?
    var promotions: Bool?
    var priceAlerts: Bool?
    var newsletter: Bool?
    var socialLikes: Bool?
    var socialComments: Bool?
    var socialSaves: Bool?
    var socialFollows: Bool?
    var socialMentions: Bool?
    var sellerUpdates: Bool?
    /// `category:channel` to whether it is wanted; replaces those of before.
    var overrides: [String: Bool]?
    var quiet: Quiet?
    var locale: Locale?
  }

  struct Quiet: Decodable {
    var enabled: Bool?
    var start: String?
    var end: String?
    var timezone: String?
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<PreferenceView> {
    let user = try context.requireUser()
    try await context.db.requireAccount(of: user)
    try input.validate()
    _ = try await Preference.ensure(of: user, now: context.now, in: context.db)
    let current: PreferenceView = try await context.db.one(
      "select \(PreferenceView.columns) from notification_preference where user_id = \(user) for update")
    try context.requireVersion(current.version)
    try await input.quiet?.check(against: current.quiet, context.db)
    let changed: PreferenceView = try await context.db.one(
      """
      update notification_preference set
        email_enabled = coalesce(\(input.emailEnabled), email_enabled),
        push_enabled = coalesce(\(input.pushEnabled), push_enabled),
        in_app_enabled = coalesce(\(input.inAppEnabled), in_app_enabled),
        sms_enabled = coalesce(\(input.smsEnabled), sms_enabled),
        whatsapp_enabled = coalesce(\(input.whatsappEnabled), whatsapp_enabled),
        order_updates = coalesce(\(input.orderUpdates), order_updates),
        promotions = coalesce(\(input.promotions), promotions),
        unsubscribed_all_marketing_at = case when \(input.promotions)::boolean then null
          else unsubscribed_all_marketing_at end,
        price_alerts = coalesce(\(input.priceAlerts), price_alerts),
        newsletter = coalesce(\(input.newsletter), newsletter),
        social_likes = coalesce(\(input.socialLikes), social_likes),
        social_comments = coalesce(\(input.socialComments), social_comments),
        social_saves = coalesce(\(input.socialSaves), social_saves),
        social_follows = coalesce(\(input.socialFollows), social_follows),
        social_mentions = coalesce(\(input.socialMentions), social_mentions),
        seller_updates = coalesce(\(input.sellerUpdates), seller_updates),
        overrides = coalesce(\(try input.overrides.map { try AsJSON($0) })::jsonb, overrides),
        quiet_enabled = coalesce(\(input.quiet?.enabled), quiet_enabled),
        quiet_start = coalesce(\(input.quiet?.start), quiet_start),
        quiet_end = coalesce(\(input.quiet?.end), quiet_end),
        timezone = coalesce(\(input.quiet?.timezone), timezone),
        locale = coalesce(\(input.locale), locale), version = version + 1, updated_at = \(context.now)
      where user_id = \(user) returning \(PreferenceView.columns)
      """)
    return Reply(changed).version(changed.version)
  }
}

extension UpdatePreferences.Input {
  /// - Throws: ``Problem`` 422 for a category and channel that are none, or that can't be turned off.
  fileprivate func validate() throws {
    var validation = Validation()
    for (name, isWanted) in overrides ?? [:] {
      let parts = name.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, let category = Category(rawValue: parts[0]), let channel = Channel(rawValue: parts[1])
      else {
        validation.fail("overrides", "has '\(name)', which is not a category and a channel such as social:push")
        continue
      }
      guard !isWanted, category.isMandatory, channel == .inApp || channel == .email else { continue }
      throw Problem(
        422, "mandatory_category", "Messages about \(category.rawValue) always come by \(channel.rawValue).",
        details: [FieldError(field: "overrides", message: "must not turn \(name) off", code: "mandatory_category")])
    }
    try validation.finish()
  }
}

extension UpdatePreferences.Quiet {
  fileprivate func check(against current: PreferenceView.Quiet, _ db: Database) async throws {
    let (start, end) = (start ?? current.start, end ?? current.end)
    guard Self.isTime(start), Self.isTime(end), start != end else {
      throw Problem(
        422, "invalid_quiet_hours", "Quiet hours go from one time to another one, such as 22:00 to 08:00.",
        details: [FieldError(field: "quiet", message: "must have different times HH:MM", code: "invalid_quiet_hours")])
    }
    guard let timezone else { return }
    let isKnown: Bool = try await db.one("select exists (select from pg_timezone_names where name = \(timezone))")
    guard isKnown, timezone.count <= 50 else {
      throw Problem(
        422, "unknown_timezone",
        "There is no time zone '\(timezone)'; those of Indonesia are Asia/Jakarta, Asia/Makassar and Asia/Jayapura.",
        details: [FieldError(field: "quiet.timezone", message: "must be an IANA name", code: "unknown_timezone")])
    }
  }

  private static func isTime(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"), let hour = Int(text.prefix(2)),
      let minute = Int(text.suffix(2))
    else {
      return false
    }
    return (0...23).contains(hour) && (0...59).contains(minute) && text.first != "+" && text.suffix(2).first != "+"
  }
}
