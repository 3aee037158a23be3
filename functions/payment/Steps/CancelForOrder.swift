import FunctionKit

extension Work {
  /// Keeps that an order was cancelled, so that a request that comes later finds it so.
  func buryOrder(_ order: ID) async throws {
    try await db.run(
      """
      insert into state_history (id, entity, entity_id, to_state, trigger, actor, created_at)
      values (\(context.newID()), 'order', \(order), 'cancelled', \(trigger), \(actor), \(now))
      """)
  }

  func isBuried(anyOf orders: [ID]) async throws -> Bool {
    try await db.one(
      """
      select exists (select from state_history
        where entity = 'order' and entity_id = any(\(orders)::uuid[]) and to_state = 'cancelled')
      """)
  }

  /// - Throws: ``Problem`` 409 `order_already_cancelled`.
  func requireAlive(_ orders: [ID]) async throws {
    guard try await isBuried(anyOf: orders) else { return }
    throw Problem(409, "order_already_cancelled", "One of the orders was cancelled; there is nothing to pay for it.")
  }

  /// The payment as it is once its invoice, and so the money that may be coming, is held.
  func holdPayment(_ payment: PaymentRecord) async throws -> PaymentRecord? {
    guard let invoice = payment.invoiceId else { return try await holdPayment(payment.id) }
    if let held = try await hold(invoice)?.payments.first(where: { $0.id == payment.id }) { return held }
    // It has left its invoice while this waited.
    return try await holdPayment(payment.id)
  }

  /// Gives up an open invoice that asks for more than is owed. One that is still being opened is left once it is.
  func leave(_ held: HeldInvoice) async throws {
    guard held.invoice.status == .open else { return }
    try await db.run("update gateway_invoice set status = 'stale', updated_at = \(now) where id = \(held.invoice.id)")
    try await record(held.invoice.id, from: held.invoice.status, to: .stale, note: "one of its orders was cancelled")
    for payment in held.payments where payment.status == .awaitingPayment {
      try await db.run(
        """
        update payment set status = 'pending', version = version + 1, updated_at = \(now) where id = \(payment.id)
        """)
      try await record(payment.id, from: payment.status, to: .pending, note: "another order of the bill was cancelled")
    }
  }

  /// Gives back whatever is left of a paid order, the fee included; nothing when nothing is.
  func refundCancelled(_ payment: PaymentRecord, wasShipped: Bool) async throws {
    guard try await !db.hasCancellationRefund(payment.id) else { return }
    let lines = try await db.refundableLines(of: payment.id)
    guard lines.map(\.left).sum().total > 0 else { return }
    let plan = try RefundPlan(.usual, because: .orderCancelled, of: lines)
    let route = try await RefundRoute(plan.total.total, by: nil, from: db.origin(of: payment), at: now)
    let refund = try await request(
      NewRefund(
        payment: payment, reason: .orderCancelled, parts: plan.total, lines: plan.lines, route: route,
        key: "order_cancelled:\(payment.id)", wasHandedOver: wasShipped))
    _ = try await approve(refund)
  }
}
