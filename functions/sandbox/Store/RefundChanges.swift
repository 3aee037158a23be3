import FunctionKit

extension Transaction {
  /// Takes a refund, or gives the one of before under the same key.
  func take(_ request: RefundRequest, key: String?, _ context: Context) async throws -> RefundRecord {
    if let key {
      try await db.run("select pg_advisory_xact_lock(hashtextextended(\("refund:\(key)"), 0))")
      if let earlier = try await db.refund(underKey: key) {
        let isSame: Bool = try await db.one(
          "select request = \(request.body)::jsonb from refund where id = \(earlier.id)")
        guard isSame else { throw Refusal.keyReused }
        return earlier
      }
    }
    guard let invoice = try await db.lockedInvoice(request.invoiceID) else { throw Refusal.noData }
    guard let paidAt = invoice.paidAt else {
      throw Refusal(400, "INELIGIBLE_TRANSACTION_STATUS", "The invoice is not paid.")
    }
    let (isRunning, left) = try await db.refundState(of: invoice)
    if isRunning { throw Refusal(400, "REFUND_IN_PROGRESS", "Another refund of this payment is not over yet.") }
    let amount = try request.amount(of: invoice, left: left, age: context.now - paidAt)
    guard try await db.balance(at: context.now) >= amount else {
      throw Refusal(400, "INSUFFICIENT_BALANCE", "There is not enough on the balance.")
    }
    return try await insert(request, key, amount, context)
  }

  private func insert(
    _ request: RefundRequest, _ key: String?, _ amount: Int, _ context: Context
  ) async throws -> RefundRecord {
    let (id, now) = ("rfd-\(context.newID())", context.now)
    try await db.run(
      """
      insert into refund (id, invoice_id, idempotency_key, request, reference_id, amount, reason, created, updated)
      values (\(id), \(request.invoiceID), \(key), \(request.body), \(request.referenceID), \(amount),
        \(request.reason), \(now), \(now))
      """)
    let refund: RefundRecord = try await db.one("\(RefundRecord.rows) where refund.id = \(id)")
    try await db.book(.refund(refund), context)
    try await emit(RefundTaken(refundId: id, at: now))
    return refund
  }

  /// Ends a refund; of the ends the merchant is told but a cancellation, which it has asked for itself.
  func end(_ refund: RefundRecord, as status: RefundRecord.Status, code: String?, _ context: Context) async throws {
    try await db.run(
      """
      update refund set status = \(status), failure_code = \(code), updated = \(context.now) where id = \(refund.id)
      """)
    let isDone = status == .succeeded
    try await db.move(refund.id, to: isDone ? .success : status == .cancelled ? .voided : .failed, context.now)
    guard status != .cancelled else { return }
    let ended: RefundRecord = try await db.one("\(RefundRecord.rows) where refund.id = \(refund.id)")
    let event = isDone ? "refund.succeeded" : "refund.failed"
    try await tell(
      "/webhooks/xendit/refund", about: refund.id, envelope(event, ended.object, context.now), context)
  }
}

extension Database {
  /// Whether one is under way, and what is left to give back.
  fileprivate func refundState(of invoice: InvoiceRecord) async throws -> (isRunning: Bool, left: Int) {
    struct State: Decodable {
      var isRunning: Bool
      var given: Int
    }
    let state: State = try await one(
      """
      select coalesce(bool_or(status = 'PENDING'), false) as is_running,
        coalesce(sum(amount) filter (where status in ('PENDING', 'SUCCEEDED')), 0)::bigint as given
      from refund where invoice_id = \(invoice.id)
      """)
    return (state.isRunning, invoice.amount - state.given)
  }
}

/// What webhooks about refunds and payouts are wrapped in.
func envelope(_ event: String, _ data: JSON, _ now: Instant) -> JSON {
  [
    "event": .string(event), "business_id": .string(Merchant.userID), "created": .string(now.description),
    "data": data,
  ]
}
