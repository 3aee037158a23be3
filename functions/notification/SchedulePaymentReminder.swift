import FunctionKit

/// Reminds a payer two hours before the time to pay is over. A payment that replaces another one replaces its reminder.
struct SchedulePaymentReminder: EventHandler {
  struct Input: Decodable {
    var paymentId: ID
    var orderId: ID
    var orderNumber: String
    var userId: ID
    var amount: Int
    var expiresAt: Instant
    var replacesPaymentId: ID?
  }

  private static let lead = Duration.hours(2)
  /// Sooner than this it would be no reminder.
  private static let least = Duration.seconds(30 * 60)

  func handle(_ payment: Input, context: Context) async throws {
    let work = context.ownWork
    if let replaced = payment.replacesPaymentId { try await work.cancel(Self.key(replaced)) }
    let due = payment.expiresAt - Self.lead
    guard due - context.now > Self.least else { return }
    try await work.announce(
      Announcement(
        userID: payment.userId, relatedType: "order", relatedID: payment.orderId,
        cancelKey: Self.key(payment.paymentId), dueAt: due,
        values: [
          "orderId": .text(payment.orderId.description), "orderNumber": .text(payment.orderNumber),
          "amount": .rupiah(payment.amount),
        ]))
  }

  static func key(_ payment: ID) -> String { "payment_reminder:\(payment)" }
}
