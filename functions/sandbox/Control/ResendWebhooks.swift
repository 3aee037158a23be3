import FunctionKit

/// Sends what the merchant has not acknowledged now, or one webhook again whatever became of it, as the provider's
/// dashboard does.
struct ResendWebhooks: Endpoint {
  struct Input: Decodable {
    /// Nil for all that was not acknowledged.
    var id: ID?
  }

  struct Waiting: Decodable {
    var id: ID
    var objectId: String
  }

  func handle(_ input: Input, context: Context) async throws -> CheckoutReply {
    let waiting: [Waiting] = try await context.db.all(
      """
      update webhook set due_at = null, is_held = false, delivered_at = null, copies = greatest(copies, 1)
      where id in (
        select id from webhook
        where case when \(input.id)::uuid is null then delivered_at is null else id = \(input.id)::uuid end
        order by created limit 500 for update)
      returning id, object_id
      """)
    for webhook in waiting {
      try await context.emit(WebhookDue(webhookId: webhook.id, objectId: webhook.objectId, at: context.now))
    }
    return .redirect("/sandbox")
  }
}
