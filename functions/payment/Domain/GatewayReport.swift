import FunctionKit

/// What the provider says about an invoice, by webhook or when asked.
struct GatewayReport: Sendable, Equatable {
  enum Status: String, Sendable {
    case pending = "PENDING"
    case paid = "PAID"
    case settled = "SETTLED"
    case expired = "EXPIRED"

    /// Whether the money has come; settling is what happens to it between the provider and its bank.
    var isPaid: Bool { self == .paid || self == .settled }
  }

  var externalId: String
  /// The provider's own id of the invoice.
  var gatewayRef: String
  var status: Status
  /// What was received, or what is to be received while nothing was.
  var amount: Int
  /// The provider's id of the money, where it tells.
  var paymentId: String?
  /// The way that the buyer took, in the provider's words.
  var channel: String?
  var paidAt: Instant?
  var url: String?
  var expiresAt: Instant?
}
