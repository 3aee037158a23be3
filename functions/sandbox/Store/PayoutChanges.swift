import FunctionKit

extension Transaction {
  /// Takes a payout, or gives the one of before under the same key.
  func take(_ request: PayoutRequest, key: String, _ context: Context) async throws -> PayoutRecord {
    try await db.run("select pg_advisory_xact_lock(hashtextextended(\("payout:\(key)"), 0))")
    if let earlier = try await db.payout(underKey: key) {
      let isSame: Bool = try await db.one(
        "select request = \(request.body)::jsonb from payout where id = \(earlier.id)")
      guard isSame else { throw Refusal.keyUsed }
      return earlier
    }
    let (id, now) = ("disb-\(context.newID())", context.now)
    let payout: PayoutRecord = try await db.one(
      """
      insert into payout (id, idempotency_key, request, reference_id, channel_code, account_number, amount, created,
        updated)
      values (\(id), \(key), \(request.body), \(request.referenceID), \(request.channel), \(request.account),
        \(request.amount), \(now), \(now))
      returning \(PayoutRecord.columns)
      """)
    try await db.book(.payout(payout), context)
    try await emit(PayoutTaken(payoutId: id, at: now))
    return payout
  }

  /// Moves a payout on, and its money with it. Of the ends the merchant is told but a cancellation, which it has asked
  /// for itself.
  func move(_ payout: PayoutRecord, to status: PayoutRecord.Status, code: String? = nil, _ context: Context)
    async throws
  {
    let moved: PayoutRecord = try await db.one(
      """
      update payout set status = \(status), failure_code = \(code), reverse_at = null, updated = \(context.now)
      where id = \(payout.id) returning \(PayoutRecord.columns)
      """)
    let (booked, event): (TransactionRecord.Status, String?) =
      switch status {
      case .accepted, .requested: (.pending, nil)
      case .succeeded: (.success, "payout.succeeded")
      case .failed: (.failed, "payout.failed")
      case .cancelled: (.voided, nil)
      case .reversed: (.reversed, "payout.reversed")
      }
    try await db.move(payout.id, to: booked, context.now)
    guard let event else { return }
    try await tell(
      "/webhooks/xendit/payout", about: payout.id, envelope(event, moved.object, context.now), context)
  }
}
