import FunctionKit

extension Work {
  /// Finds or makes the refund of a request: the same for the same key.
  func createRefund(_ input: CreateRefund.Input, by requester: Requester, key: String) async throws -> RefundRecord {
    let payment = try await holdPayment(of: input)
    if let earlier = try await db.refund(withKey: key) {
      guard input.isAnswered(by: earlier) else { throw Problem.refundKeyReused }
      return earlier
    }
    try await requireRefundable(payment, input.reason)
    let lines = try await db.refundableLines(of: payment.id)
    let plan = try RefundPlan(input.extent(over: lines), because: input.reason, of: lines)
    let origin = try await db.origin(of: payment)
    let route = try RefundRoute(plan.total.total, by: input.method, from: origin, at: now)
    var refund = try await request(
      NewRefund(
        payment: payment, reason: input.reason, parts: plan.total, lines: plan.lines, route: route, key: key,
        requestedBy: requester.name, wasHandedOver: input.reason != .orderCancelled, returnId: input.returnId,
        orderItemIds: input.orderItemIds, notes: input.notes))
    if let bank = input.bank { refund = try await keep(bank, on: refund) }
    return requester.isService ? try await approve(refund, by: requester.name) : refund
  }

  private func holdPayment(of input: CreateRefund.Input) async throws -> PaymentRecord {
    let id = try await db.first(
      """
      select id from payment
      where (\(input.paymentId)::uuid is null or id = \(input.paymentId))
        and (\(input.orderId)::uuid is null or (purpose = 'order' and reference_id = \(input.orderId)))
      order by paid_at is not null desc, created_at desc, id desc limit 1
      """, as: ID.self)
    guard let id, let payment = try await holdPayment(id) else { throw Problem.notFound("payment") }
    return payment
  }

  /// - Throws: ``Problem`` 409 `payment_not_paid` or `refund_exists`.
  private func requireRefundable(_ payment: PaymentRecord, _ reason: RefundReason) async throws {
    // What was put into a wallet is spent or paid out from there.
    guard payment.purpose != .walletTopup else {
      throw Problem(409, "not_refundable", "A top-up is not refunded; withdraw what is left of it from the wallet.")
    }
    guard payment.paidAt != nil else {
      throw Problem(409, "payment_not_paid", "Payment \(payment.paymentNumber) is \(payment.status.rawValue).")
    }
    guard reason == .orderCancelled, try await db.hasCancellationRefund(payment.id) else { return }
    throw Problem(409, "refund_exists", "The order's cancellation has been refunded, or is being refunded.")
  }
}

extension Database {
  func hasCancellationRefund(_ payment: ID) async throws -> Bool {
    try await one(
      """
      select exists (select from refund
        where payment_id = \(payment) and reason = 'order_cancelled' and status <> 'rejected')
      """)
  }
}

extension CreateRefund.Input {
  /// Whether a refund made under the same key is this one.
  fileprivate func isAnswered(by refund: RefundRecord) -> Bool {
    let isAbout = (paymentId ?? refund.paymentId, orderId ?? refund.orderId) == (refund.paymentId, refund.orderId)
    let total = lines.map { $0.map(\.parts.total).reduce(0, +) }
    return isAbout && reason == refund.reason && (amount ?? total ?? refund.amount) == refund.amount
  }

  fileprivate func extent(over lines: [RefundableLine]) throws -> RefundPlan.Extent {
    if let amount { return .amount(amount) }
    guard let wanted = self.lines else { return .usual }
    var validation = Validation()
    let wishes = wanted.enumerated().compactMap { index, line -> RefundPlan.Wish? in
      guard let id = line.find(in: lines) else {
        validation.fail("lines[\(index)]", "is no line of the payment")
        return nil
      }
      return RefundPlan.Wish(line: id, parts: line.parts, sellerReversal: line.sellerReversal)
    }
    let isOnce = Set(wishes.map(\.line)).count == wishes.count
    validation.require(isOnce, "lines", "must not name a line twice")
    try validation.finish()
    return .lines(wishes)
  }
}

extension CreateRefund.Line {
  fileprivate var parts: RefundParts {
    RefundParts(merchandise: merchandise ?? 0, tax: tax ?? 0, shipping: shipping ?? 0, fee: fee ?? 0)
  }

  /// The line's id; nil where the payment has none such.
  fileprivate func find(in lines: [RefundableLine]) -> ID? {
    if let lineId { return lines.first { $0.id == lineId }?.id }
    return lines.first { $0.sellerId == sellerId }?.id
  }
}

extension Problem {
  fileprivate static let refundKeyReused = Problem(
    422, "idempotency_key_reused", "This Idempotency-Key has made another refund. Use a new key for a new request.")
}
