import FunctionKit

/// Tells the buyer that money is back.
struct NotifyRefund: EventHandler {
  struct Input: Decodable {
    var refundId: ID
    var refundNumber: String
    var orderId: ID?
    var userId: ID
    /// Rupiah.
    var amount: Int
    var method: String
  }

  func handle(_ refund: Input, context: Context) async throws {
    try await context.tell(
      Announcement(
        userID: refund.userId, relatedType: "refund", relatedID: refund.refundId,
        values: [
          "refundId": .id(refund.refundId), "refundNumber": .text(refund.refundNumber),
          "amount": .rupiah(refund.amount),
          "method": .text(Self.methods[refund.method] ?? refund.method),
        ]))
  }

  /// As both languages call them.
  private static let methods = ["wallet": "Lakoo Wallet", "bank_transfer": "bank", "original_payment": "e-payment"]
}
