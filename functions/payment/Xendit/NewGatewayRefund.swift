/// What the provider is asked to send back, in the form it wants.
struct NewGatewayRefund: Encodable, Sendable, Equatable {
  var invoiceId: String
  /// What we call the attempt, and the key under which the provider does it once.
  var referenceId: String
  var amount: Int
  var reason: String
  let currency = "IDR"

  enum CodingKeys: String, CodingKey {
    case amount, reason, currency
    case invoiceId = "invoice_id"
    case referenceId = "reference_id"
  }

  init(_ refund: RefundRecord, invoice: String) {
    invoiceId = invoice
    referenceId = refund.attempt.reference
    amount = refund.gatewayPart
    reason = refund.reason.providerWord
  }
}
