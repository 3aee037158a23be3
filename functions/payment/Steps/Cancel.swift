import FunctionKit

extension Work {
  /// Ends an unpaid payment for which nothing is to come any more.
  /// - Parameter isReplaced: whether another payment takes its place.
  func cancel(_ payment: PaymentRecord, reason: String, isReplaced: Bool = false) async throws {
    try payment.status.mustAllow(.cancelled)
    try await db.run(
      """
      update payment set status = 'cancelled', cancelled_at = \(now), version = version + 1, updated_at = \(now)
      where id = \(payment.id)
      """)
    try await record(payment.id, from: payment.status, to: .cancelled, note: reason)
    try await letGo(payment)
    try await announce(payment, .cancelled(reason: reason, isReplaced: isReplaced))
  }

  /// Ends it, and with it its invoice, which would ask for too much from now on: somebody has the provider end it, and the
  /// orders beside it wait for another one.
  func cancelAlone(_ payment: PaymentRecord, reason: String) async throws {
    try await cancel(payment, reason: reason)
    guard let invoice = payment.invoiceId, let held = try await hold(invoice) else { return }
    try await leave(held)
  }
}
