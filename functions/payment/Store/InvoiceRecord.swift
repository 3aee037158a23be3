import FunctionKit

/// A row of `gateway_invoice`: the provider's one bill for all payments of a checkout.
struct InvoiceRecord: Decodable, Sendable, Equatable {
  var id: ID
  var externalId: String
  var gatewayRef: String?
  var gatewayPaymentId: String?
  var url: String?
  var amount: Int
  var status: InvoiceStatus
  /// Nil until money was received, enough or not.
  var paidAmount: Int?
  /// How it was paid, in the provider's words.
  var channelReported: String?
  var paidAt: Instant?
  var successUrl: String?
  var failureUrl: String?
  var expiresAt: Instant

  static let columns: SQL = """
    id, external_id, gateway_ref, gateway_payment_id, url, amount, status, paid_amount, channel_reported,
    paid_at, success_url, failure_url, expires_at
    """
}
