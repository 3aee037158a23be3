import FunctionKit

/// Works through a delivery once more, such as one that was parked before what it is about was known. What it has changed
/// already it does not change again.
struct ReplayWebhook: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> WebhookView {
    let work = context.ownWork(because: "replay_webhook")
    let held: WebhookView? = try await work.db.first(
      "select \(WebhookView.columns) from webhook_inbox where id = \(input.id) for no key update")
    guard let held else { throw Problem.notFound("webhook") }
    let outcome = try await work.outcome(of: held)
    return try await work.db.one(
      """
      update webhook_inbox
      set status = \(outcome.status), error = \(outcome.reason), processed_at = \(work.now), updated_at = \(work.now)
      where id = \(held.id) returning \(WebhookView.columns)
      """, as: WebhookView.self
    ).withoutPersons
  }
}

extension Work {
  fileprivate func outcome(of webhook: WebhookView) async throws -> Outcome {
    let body = webhook.body.serialized()
    switch webhook.kind {
    case XenditInvoiceWebhook.kind:
      return try await XenditInvoiceWebhook().outcome(of: decodeJSON(InvoiceDelivery.self, from: body).invoice, self)
    case XenditRefundWebhook.kind:
      return try await XenditRefundWebhook().outcome(of: decodeJSON(RefundDelivery.self, from: body), self)
    case XenditPayoutWebhook.kind:
      return try await XenditPayoutWebhook().outcome(of: decodeJSON(PayoutDelivery.self, from: body).payout, self)
    default: throw Problem(409, "invalid_state", "Deliveries of kind \(webhook.kind) can't be worked through again.")
    }
  }
}
