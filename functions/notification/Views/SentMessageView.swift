import FunctionKit

/// A message on one channel, and each attempt to get it to its user, as support sees it.
struct SentMessageView: Codable, Sendable {
  var id: ID
  var channel: Channel
  var type: String
  var category: Category
  var title: String
  var body: String
  var status: MessageStatus
  var attempts: Int
  var failureCode: String?
  var nextAttemptAt: Instant?
  var sentAt: Instant?
  var deliveredAt: Instant?
  var readAt: Instant?
  var createdAt: Instant
  var deliveries: [Delivery]

  struct Delivery: Codable, Sendable {
    var attempt: Int
    var provider: String
    var recipient: String
    var status: String
    var errorCode: String?
  }

  static let columns: SQL = """
    id, channel, type, category, title, body, status, attempts, failure_code, next_attempt_at, sent_at, delivered_at,
    read_at, created_at, (select coalesce(jsonb_agg(jsonb_build_object('attempt', delivery.attempt,
        'provider', provider, 'recipient', recipient_masked, 'status', delivery.status, 'errorCode', error_code)
        order by delivery.attempt), '[]')
      from delivery where notification_id = notification.id) as deliveries
    """
}
