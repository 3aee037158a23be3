import FunctionKit

/// A message was accepted by whoever carries it to its user.
struct NotificationSent: Event {
  static let type = "notification.sent"

  var notificationId: ID
  var userId: ID
  var type: String
  var channel: Channel
  var provider: String
  var relatedType: String?
  var relatedId: ID?
  var sentAt: Instant

  var subject: String { notificationId.description }
}
