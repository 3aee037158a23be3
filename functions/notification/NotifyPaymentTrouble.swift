import FunctionKit

/// Tells the payer that a payment came to nothing or came too late, or that a refund did. Which message it is, the event's
/// route says.
struct NotifyPaymentTrouble: EventHandler {
  struct Input: Decodable {
    var paymentId: ID
    var orderId: ID?
    var orderNumber: String?
    var refundId: ID?
    var refundNumber: String?
    var userId: ID
    /// What was owed, or is to be given back, in rupiah.
    var amount: Int
    /// What arrived after the end, in rupiah.
    var lateAmount: Int?
    var reason: String?
  }

  func handle(_ trouble: Input, context: Context) async throws {
    let isRefund = trouble.refundNumber != nil
    if !isRefund { try await context.work { try await $0.cancel(SchedulePaymentReminder.key(trouble.paymentId)) } }
    try await context.tell(
      Announcement(
        userID: trouble.userId, relatedType: isRefund ? "refund" : "order",
        relatedID: isRefund ? trouble.refundId : trouble.orderId, values: trouble.values))
  }
}

extension NotifyPaymentTrouble.Input {
  fileprivate var values: [String: TemplateValue] {
    known([
      "orderId": orderId.map(TemplateValue.id), "orderNumber": orderNumber.map(TemplateValue.text),
      "refundId": refundId.map(TemplateValue.id), "refundNumber": refundNumber.map(TemplateValue.text),
      "amount": .rupiah(amount), "lateAmount": lateAmount.map(TemplateValue.rupiah),
      "reason": reason.map(TemplateValue.text),
    ])
  }
}
