import FunctionKit

/// A message was given up on, or came back.
struct NotificationFailed: Event {
  static let type = "notification.failed"

  var notificationId: ID
  var userId: ID
  var type: String
  var channel: Channel
  var provider: String
  var relatedType: String?
  var relatedId: ID?
  var errorCode: String
  var attempts: Int
  var failedAt: Instant

  var subject: String { notificationId.description }
}
