import FunctionKit

/// What a user wants to hear, and where, as the user sees it.
struct PreferenceView: Codable, Sendable {
  var emailEnabled: Bool
  var pushEnabled: Bool
  var inAppEnabled: Bool
  var smsEnabled: Bool
  var whatsappEnabled: Bool
  var orderUpdates: Bool
  var promotions: Bool
  var priceAlerts: Bool
  var newsletter: Bool
  var socialLikes: Bool
  var socialComments: Bool
  var socialSaves: Bool
  var socialFollows: Bool
  var socialMentions: Bool
  var sellerUpdates: Bool
  /// `category:channel` to whether it is wanted.
  var overrides: [String: Bool]
  var quiet: Quiet
  var locale: Locale
  var version: Int

  struct Quiet: Codable, Sendable {
    var enabled: Bool
    /// `HH:MM`, by the clock of the time zone.
    var start: String
    var end: String
    /// An IANA name.
    var timezone: String
  }

  static let columns: SQL = """
    email_enabled, push_enabled, in_app_enabled, sms_enabled, whatsapp_enabled, order_updates, promotions,
    price_alerts, newsletter, social_likes, social_comments, social_saves, social_follows, social_mentions,
    seller_updates, overrides, jsonb_build_object('enabled', quiet_enabled, 'start', quiet_start, 'end', quiet_end,
      'timezone', timezone) as quiet, locale, version
    """
}
