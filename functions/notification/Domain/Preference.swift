import FunctionKit

/// What a user wants to hear, and where.
struct Preference: Decodable, Sendable {
  var emailEnabled = true
  var pushEnabled = true
  var inAppEnabled = true
  var smsEnabled = true
  var whatsappEnabled = false
  var orderUpdates = true
  var promotions = true
  var priceAlerts = true
  var socialLikes = true
  var socialComments = true
  var socialSaves = true
  var socialFollows = true
  var socialMentions = true
  var sellerUpdates = true
  var newsletter = false
  /// `category:channel` to whether it is wanted.
  var overrides: [String: Bool] = [:]
  var quietEnabled = false
  /// `HH:MM`, by the clock of the time zone.
  var quietStart = "22:00"
  var quietEnd = "08:00"
  /// An IANA name.
  var timezone = "Asia/Jakarta"
  var locale = Locale.indonesian
  var unsubscribedAllMarketingAt: Instant?

  static let columns: SQL = """
    email_enabled, push_enabled, in_app_enabled, sms_enabled, whatsapp_enabled, order_updates, promotions,
    price_alerts, social_likes, social_comments, social_saves, social_follows, social_mentions, seller_updates,
    newsletter, overrides, quiet_enabled, quiet_start, quiet_end, timezone, locale, unsubscribed_all_marketing_at
    """
}

extension Preference {
  /// Whether all switches that bear on a message are on; mandatory ones can't be turned off in the app and by e-mail.
  func allows(_ channel: Channel, _ category: Category, type: String) -> Bool {
    if category.isMandatory, channel == .inApp || channel == .email { return true }
    return isOn(channel) && isOn(category, type) && overrides["\(category.rawValue):\(channel.rawValue)"] ?? true
  }

  private func isOn(_ channel: Channel) -> Bool {
    switch channel {
    case .inApp: inAppEnabled
    case .push: pushEnabled
    case .email: emailEnabled
    case .whatsapp: whatsappEnabled
    case .sms: smsEnabled
    }
  }

  private func isOn(_ category: Category, _ type: String) -> Bool {
    switch category {
    case .order: orderUpdates
    case .marketing: promotions && unsubscribedAllMarketingAt == nil
    case .seller: sellerUpdates
    case .product: priceAlerts || !["price_drop", "back_in_stock"].contains(type)
    case .social: isOn(social: type)
    case .payment, .refund, .payout, .security, .ops, .system: true
    }
  }

  private func isOn(social type: String) -> Bool {
    switch type {
    case "post_liked", "comment_liked": socialLikes
    case "post_commented": socialComments
    case "post_saved", "post_shared": socialSaves
    case "new_follower": socialFollows
    case "mentioned_in_comment", "product_tagged": socialMentions
    case "seller_new_post": sellerUpdates
    default: true
    }
  }
}
