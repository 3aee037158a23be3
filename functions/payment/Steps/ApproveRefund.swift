import FunctionKit

extension Work {
  /// Records a refund that needs nobody's consent.
  /// - Parameter key: the same for every attempt to return the same money.
  func approveRefund(_ back: GiveBack, of payment: PaymentRecord, key: String) async throws -> ID {
    let id = context.newID()
    let number = try await numbered(.refund) { try await insertRefund(id, $0, back, payment, key) }
    try await record(id, from: RefundStatus?.none, to: .pending)
    try await record(id, from: RefundStatus.pending, to: .approved)
    try await emit(
      RefundRequested(
        refundId: id, refundNumber: number, paymentId: payment.id, orderId: payment.referenceId,
        userId: payment.userId, amount: back.amount, reason: back.reason.rawValue, method: back.method.rawValue,
        requestedAt: now))
    try await emit(
      RefundApproved(
        refundId: id, refundNumber: number, paymentId: payment.id, orderId: payment.referenceId,
        userId: payment.userId, amount: back.amount, by: "system", at: now))
    return id
  }

  private func insertRefund(
    _ id: ID, _ number: String, _ back: GiveBack, _ payment: PaymentRecord, _ key: String
  ) async throws -> Int {
    let parts = back.parts(of: payment.amounts)
    let toWallet = back.method == .wallet
    return try await db.run(
      """
      insert into refund (id, refund_number, payment_id, order_id, user_id, reason, merchandise_amount,
        shipping_amount, tax_amount, fee_amount, amount, method, gateway_part, wallet_part, status, requested_by,
        approved_by, approved_at, request_key, created_at, updated_at)
      values (\(id), \(number), \(payment.id), \(payment.referenceId), \(payment.userId), \(back.reason),
        \(parts.merchandise), \(parts.shipping), \(parts.tax), \(parts.fee), \(back.amount), \(back.method),
        \(toWallet ? 0 : back.amount), \(toWallet ? back.amount : 0), 'approved', 'system', 'system', \(now),
        \(key), \(now), \(now))
      on conflict (refund_number) do nothing
      """)
  }
}
