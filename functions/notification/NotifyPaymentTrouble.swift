import FunctionKit

/// Tells the payer that a payment came to nothing, or came too late. Which message it is, the event's route says.
struct NotifyPaymentTrouble: EventHandler {
  struct Input: Decodable {
    var orderId: ID
    var orderNumber: String
    var userId: ID
    /// What was owed, in rupiah.
    var amount: Int
    /// What arrived after the end, in rupiah.
    var lateAmount: Int?
  }

  func handle(_ payment: Input, context: Context) async throws {
    var values: [String: TemplateValue] = [
      "orderId": .text(payment.orderId.description), "orderNumber": .text(payment.orderNumber),
      "amount": .rupiah(payment.amount),
    ]
    values["lateAmount"] = payment.lateAmount.map(TemplateValue.rupiah)
    try await Announcement(
      userID: payment.userId, relatedType: "order", relatedID: payment.orderId, values: values
    ).announce(context)
  }
}
