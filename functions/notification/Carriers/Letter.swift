import FunctionKit

/// A claimed message, and where it goes.
struct Letter: Decodable, Sendable {
  var id: ID
  var userId: ID
  var type: String
  var category: Category
  var channel: Channel
  var title: String
  var body: String
  var shortText: String?
  var html: String?
  var actionUrl: String?
  var relatedType: String?
  var relatedId: ID?
  var groupKey: String?
  var priority: Priority
  /// The token of the link that ends letters of this kind.
  var unsubscribe: String?
  var cancelKey: String?
  /// What caused it.
  var occasion: String?
  var attempt: Int
  /// How many attempts there were before somebody had it sent again.
  var triesBefore: Int
  /// Whether it goes out in the place of a push that failed.
  var isStandIn: Bool
  /// The e-mail address or the number; nil when there is none any more.
  var address: String?
  /// Whether the address is to be left alone.
  var isSuppressed: Bool
  /// Where a push goes, the device that was there last first.
  var devices: [PushTarget]

  /// A user's address changes: it is looked up when the message goes out. Of a deleted account there is none.
  static func columns(at now: Instant) -> SQL {
    """
    notification.id, notification.user_id, notification.type, notification.category, notification.channel, title, body,
      short_text, html, action_url, related_type, related_id, group_key, priority, cancel_key, occasion,
      metadata ->> 'unsubscribe' as unsubscribe, coalesce((metadata ->> 'standIn')::boolean, false) as is_stand_in,
      attempts::int as attempt, tries_before::int as tries_before, \(address) as address,
      coalesce(is_suppressed(notification.channel, \(address), \(now)), false) as is_suppressed,
      case when notification.channel = 'push' then (
        select coalesce(jsonb_agg(
          jsonb_build_object('id', device.id, 'token', token) order by last_seen_at desc, device.id), '[]')
        from device where device.user_id = notification.user_id and disabled_at is null) else '[]' end as devices
    """
  }

  private static let address: SQL = """
    (select case when notification.channel = 'email' then recipient.email::text
        when notification.channel in ('whatsapp', 'sms') and recipient.phone_verified then recipient.phone end
      from recipient where recipient.user_id = notification.user_id and deleted_at is null)
    """

  /// The text of a short message.
  func shortMessage(_ context: Context) throws -> String { try shortText ?? text(context) }

  /// What its carrier charges, in millionths of a rupiah.
  func cost(_ context: Context) throws -> Int {
    let parts = channel == .sms ? GSMAlphabet.parts(of: try shortMessage(context)) : 1
    return MessagePrices(try context.setting("MESSAGE_PRICES")).cost(of: channel, parts: parts)
  }

  /// What is kept of where it went.
  var shownAddress: String {
    channel == .push ? "\(devices.count) devices" : address.map(masked) ?? ""
  }

  /// The text with where it leads, for channels that know no paths of the app.
  func text(_ context: Context) throws -> String {
    let app = try context.setting("APP_URL")
    let link = actionUrl.map { $0.hasPrefix("/") ? app + $0 : $0 }
    return ([body] + (link.map { [$0] } ?? [])).joined(separator: "\n\n")
  }
}
