import FunctionKit

/// People that a broadcast can be for without naming them, told apart by what is known here. Deleted accounts are of none.
enum BroadcastSegment: String, Codable, CaseIterable, Sendable, SQLValue {
  /// All who are known.
  case everyone
  /// Who takes advertising.
  case promotions
  /// Who takes the newsletter.
  case newsletter
  /// Who has a telephone or browser to push to.
  case appUsers = "app_users"
  /// Who was first heard of in the 30 days before the broadcast was made.
  case newUsers = "new_users"

  private static let newness = Duration.days(30)

  /// What holds of its people's rows in `recipient`.
  /// - Parameter since: when the broadcast was made, so that its people stay the same while it runs.
  func condition(since made: Instant) -> SQL {
    switch self {
    case .everyone: "true"
    case .promotions:
      """
      exists (select from notification_preference taste where taste.user_id = recipient.user_id
        and promotions and unsubscribed_all_marketing_at is null)
      """
    case .newsletter:
      "exists (select from notification_preference taste where taste.user_id = recipient.user_id and newsletter)"
    case .appUsers:
      "exists (select from device where device.user_id = recipient.user_id and disabled_at is null)"
    case .newUsers: "recipient.created_at > \(made - Self.newness) and recipient.created_at <= \(made)"
    }
  }
}
