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
  /// The token of the link that ends letters of this kind.
  var unsubscribe: String?
  var cancelKey: String?
  var attempt: Int
  /// The e-mail address or the number; nil when there is none any more.
  var address: String?

  /// A user's address changes: it is looked up when the message goes out. Of a deleted account there is none.
  static let columns: SQL = """
    notification.id, user_id, type, category, channel, title, body, short_text, html, action_url, related_type,
      related_id, cancel_key, metadata ->> 'unsubscribe' as unsubscribe, attempts::int as attempt,
      (select case when notification.channel = 'email' then recipient.email::text
          when recipient.phone_verified then recipient.phone end
        from recipient where recipient.user_id = notification.user_id and deleted_at is null) as address
    """

  /// Where the message leads, for channels that know no paths of the app.
  var link: String? { actionUrl.map { $0.hasPrefix("/") ? "https://lakoo.id" + $0 : $0 } }

  /// The text for channels without a title of their own.
  var text: String { ([body] + (link.map { [$0] } ?? [])).joined(separator: "\n\n") }
}
