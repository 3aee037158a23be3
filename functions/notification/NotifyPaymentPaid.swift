import FunctionKit

/// Tells the payer that the money has arrived.
struct NotifyPaymentPaid: EventHandler {
  struct Input: Decodable {
    var orderId: ID
    var orderNumber: String
    var userId: ID
    /// Rupiah.
    var amount: Int
  }

  func handle(_ payment: Input, context: Context) async throws {
    try await Announcement(
      userID: payment.userId, relatedType: "order", relatedID: payment.orderId,
      values: [
        "orderId": .text(payment.orderId.description), "orderNumber": .text(payment.orderNumber),
        "amount": .rupiah(payment.amount),
      ]
    ).announce(context)
  }
}
