import FunctionKit

/// A refund before it has a row.
struct NewRefund {
  var payment: PaymentRecord
  var reason: RefundReason
  var parts: RefundParts
  /// What goes back of each line; empty for money that never belonged to an order.
  var lines: [RefundPlan.Line] = []
  var route: RefundRoute
  /// The same for every attempt to return the same money.
  var key: String
  var requestedBy = "system"
  var wasHandedOver = false
  var returnId: ID?
  var orderItemIds: [ID]?
  var notes: String?
}

extension Work {
  /// Records a refund and takes what it gives back off what is left, so that nothing goes back twice. Called with the
  /// payment held.
  func request(_ new: NewRefund) async throws -> RefundRecord {
    let id = context.newID()
    _ = try await numbered(.refund) { try await insert(new, id, number: $0) }
    try await db.run(
      """
      update payment set refund_reserved = refund_reserved + \(new.parts.total), version = version + 1,
        updated_at = \(now)
      where id = \(new.payment.id)
      """)
    for line in new.lines { try await take(line, for: id) }
    try await record(id, from: RefundStatus?.none, to: .pending)
    let refund: RefundRecord = try await db.one("select \(RefundRecord.columns) from refund where id = \(id)")
    try await emit(RefundRequested(refund, at: now))
    return refund
  }

  private func insert(_ new: NewRefund, _ id: ID, number: String) async throws -> Int {
    try await db.run(
      """
      insert into refund (id, refund_number, payment_id, order_id, return_id, order_item_ids, user_id, reason,
        merchandise_amount, shipping_amount, tax_amount, fee_amount, amount, method, gateway_part, wallet_part, notes,
        was_handed_over, requested_by, request_key, created_at, updated_at)
      values (\(id), \(number), \(new.payment.id), \(new.payment.orderId), \(new.returnId), \(new.orderItemIds),
        \(new.payment.userId), \(new.reason), \(new.parts.merchandise), \(new.parts.shipping), \(new.parts.tax),
        \(new.parts.fee), \(new.parts.total), \(new.route.method), \(new.route.gatewayPart), \(new.route.walletPart),
        \(new.notes), \(new.wasHandedOver), \(new.requestedBy), \(new.key), \(now), \(now))
      on conflict (refund_number) do nothing
      """)
  }

  private func take(_ line: RefundPlan.Line, for refund: ID) async throws {
    let parts = line.parts
    try await db.run(
      """
      insert into refund_line
        (id, refund_id, payment_line_id, merchandise, shipping, tax, fee, seller_reversal, created_at)
      values (\(context.newID()), \(refund), \(line.line), \(parts.merchandise), \(parts.shipping), \(parts.tax),
        \(parts.fee), \(line.sellerReversal), \(now))
      """)
    try await db.run(
      """
      update payment_line set refunded_merchandise = refunded_merchandise + \(parts.merchandise),
        refunded_shipping = refunded_shipping + \(parts.shipping), refunded_tax = refunded_tax + \(parts.tax),
        refunded_fee = refunded_fee + \(parts.fee), updated_at = \(now)
      where id = \(line.line)
      """)
  }
}
