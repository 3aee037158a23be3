import FunctionKit

/// Tells the merchant, and comes back to it later when that does not acknowledge.
struct DeliverWebhook: EventHandler {
  struct Input: Decodable {
    var webhookId: ID
  }

  /// The merchant did not acknowledge, so the host is to try again soon.
  struct NotAcknowledged: Error, CustomStringConvertible {
    let status: Int
    var description: String { "the merchant answered \(status)" }
  }

  func handle(_ input: Input, context: Context) async throws {
    let found: WebhookRecord? = try await context.db.first(
      "select \(WebhookRecord.columns) from webhook where id = \(input.webhookId)")
    guard let webhook = found, webhook.deliveredAt == nil else { return }
    let faults = try await context.db.faults()
    let status = try await send(webhook, context, isPatient: faults.realRetries)
    for _ in 1..<max(1, webhook.copies) { _ = try await send(webhook, context, isPatient: faults.realRetries) }
    let isDelivered = (200..<300).contains(status)
    let pause = isDelivered || !faults.realRetries ? nil : Retries.pause(after: webhook.attempts + 1)
    let now = context.now
    try await context.transaction { tx in
      try await tx.note(webhook, status: status, dueAt: pause.map { now + $0 }, at: now)
    }
    if !isDelivered && !faults.realRetries { throw NotAcknowledged(status: status) }
  }

  /// - Returns: what the merchant answered; 0 for nothing, where that is to be retried by the provider's hours.
  private func send(_ webhook: WebhookRecord, _ context: Context, isPatient: Bool) async throws -> Int {
    let request = try webhook.request(context)
    do {
      return try await context.http.send(request).status
    } catch let error as UpstreamError {
      guard isPatient else { throw error }
      return 0
    }
  }
}
