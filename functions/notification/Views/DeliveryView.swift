import FunctionKit

/// An attempt to get a message to its user, as support sees it: where it went is only hinted at.
struct DeliveryView: Codable, Sendable {
  var id: ID
  var notificationId: ID
  var userId: ID
  var type: String
  var attempt: Int
  var channel: Channel
  /// Who carried it.
  var provider: String
  /// With most of the address left out; for pushes how many devices there were.
  var recipient: String
  var providerMessageId: String?
  var status: DeliveryStatus
  var errorCode: String?
  var sentAt: Instant?
  var deliveredAt: Instant?
  var openedAt: Instant?
  var clickedAt: Instant?
  var bouncedAt: Instant?
  var failedAt: Instant?
  var createdAt: Instant

  static let columns: SQL = """
    delivery.id, notification_id, user_id, type, attempt::int as attempt, delivery.channel, provider,
    recipient_masked as recipient, provider_message_id, delivery.status, error_code, delivery.sent_at,
    delivery.delivered_at, opened_at, clicked_at, bounced_at, delivery.failed_at, delivery.created_at
    """
}
