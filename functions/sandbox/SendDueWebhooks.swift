import FunctionKit

/// Puts webhooks on their way whose time has come: late ones, and those that were not acknowledged.
struct SendDueWebhooks: CronJob {
  struct Due: Decodable {
    var id: ID
    var objectId: String
  }

  func handle(_ tick: Tick, context: Context) async throws {
    let due: [Due] = try await context.db.all(
      """
      update webhook set due_at = null, is_held = false
      where id in (select id from webhook where due_at <= \(context.now) order by due_at limit 500 for update skip locked)
      returning id, object_id
      """)
    for webhook in due {
      try await context.emit(WebhookDue(webhookId: webhook.id, objectId: webhook.objectId, at: context.now))
    }
  }
}
