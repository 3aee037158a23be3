import FunctionKit

/// The merchant is to hear something now.
struct WebhookDue: Event {
  static let type = "sandbox_webhook.due"

  var webhookId: ID
  var objectId: String
  var at: Instant

  var subject: String { objectId }
}
