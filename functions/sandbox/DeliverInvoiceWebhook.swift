import FunctionKit

/// Tells the merchant what became of an invoice, again and again until it is acknowledged.
struct DeliverInvoiceWebhook: EventHandler {
  struct Input: Decodable {
    var invoiceId: String
    var status: InvoiceRecord.Status
  }

  /// The merchant did not acknowledge, so the host is to try again.
  struct NotAcknowledged: Error, CustomStringConvertible {
    let status: Int
    var description: String { "the merchant answered \(status)" }
  }

  func handle(_ input: Input, context: Context) async throws {
    guard let invoice = try await context.db.invoice(input.invoiceId) else { return }
    var request = UpstreamRequest("merchant", "POST", "/webhooks/xendit/invoice")
    request.headers = [
      (name: "x-callback-token", value: try context.secret("XENDIT_CALLBACK_TOKEN")),
      (name: "webhook-id", value: context.event?.id.description ?? "\(input.invoiceId):\(input.status.rawValue)"),
    ]
    request.timeout = .seconds(30)
    try request.setBody(json: invoice.webhookBody(telling: input.status))
    let response = try await context.http.send(request)
    guard (200..<300).contains(response.status) else { throw NotAcknowledged(status: response.status) }
  }
}
