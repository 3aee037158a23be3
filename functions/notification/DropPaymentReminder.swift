import FunctionKit

/// Nobody is reminded of a payment that was cancelled.
struct DropPaymentReminder: EventHandler {
  struct Input: Decodable {
    var paymentId: ID
  }

  func handle(_ payment: Input, context: Context) async throws {
    try await context.ownWork.cancel(SchedulePaymentReminder.key(payment.paymentId))
  }
}
