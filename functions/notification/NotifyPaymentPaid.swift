import FunctionKit

/// Tells the payer that the money has arrived, and calls the reminder off.
struct NotifyPaymentPaid: EventHandler {
  struct Input: Decodable {
    var paymentId: ID
    var orderId: ID
    var orderNumber: String
    var userId: ID
    /// Rupiah.
    var amount: Int
  }

  func handle(_ payment: Input, context: Context) async throws {
    try await context.work { try await $0.cancel(SchedulePaymentReminder.key(payment.paymentId)) }
    try await context.tell(
      Announcement(
        userID: payment.userId, relatedType: "order", relatedID: payment.orderId,
        values: [
          "orderId": .id(payment.orderId), "orderNumber": .text(payment.orderNumber), "amount": .rupiah(payment.amount),
        ]))
  }
}
