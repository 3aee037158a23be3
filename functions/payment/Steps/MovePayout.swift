import FunctionKit

extension Work {
  /// The provider has it: from here on the money is on its way.
  func accept(_ payout: PayoutRecord, as report: PayoutReport) async throws -> PayoutRecord {
    try payout.status.mustAllow(.accepted)
    if !payout.isBooked { try await post([.payoutStart(payout)]) }
    let accepted: PayoutRecord = try await db.one(
      """
      update payout set status = 'accepted', gateway_ref = \(report.gatewayRef), is_booked = true,
        accepted_at = coalesce(accepted_at, \(now)), version = version + 1, updated_at = \(now)
      where id = \(payout.id) returning \(PayoutRecord.columns)
      """)
    try await record(payout.id, from: payout.status, to: .accepted)
    return accepted
  }

  func succeed(_ payout: PayoutRecord) async throws {
    try payout.status.mustAllow(.succeeded)
    try await post([.payoutDone(payout)])
    try await db.run(
      """
      update payout set status = 'succeeded', failure_code = null, failure_reason = null, completed_at = \(now),
        version = version + 1, updated_at = \(now)
      where id = \(payout.id)
      """)
    try await record(payout.id, from: payout.status, to: .succeeded)
    try await emit(PayoutCompleted(payout, at: now))
    if payout.kind == .refund { try await completeRefund(paidOutBy: payout) }
    try await followBazaar(payout, to: .paid)
  }

  /// Keeps that an attempt failed. Unless the failure passes by itself, the money is back and those who wait are told.
  func fail(_ payout: PayoutRecord, code: String, reason: String?) async throws {
    try payout.status.mustAllow(.failed)
    let retryAt = PayoutRetry.next(after: code, attempts: payout.attempts, at: now)
    try await db.run(
      """
      update payout set status = 'failed', failure_code = \(String(code.prefix(100))),
        failure_reason = \(reason.map { String($0.prefix(500)) }), retry_at = \(retryAt), version = version + 1,
        updated_at = \(now)
      where id = \(payout.id)
      """)
    try await record(payout.id, from: payout.status, to: .failed, note: reason ?? code)
    if retryAt == nil { try await comeBack(payout, code: code) }
  }

  /// Keeps that nothing will become of it, or that it came back.
  func giveUp(_ payout: PayoutRecord, as status: PayoutStatus, code: String) async throws {
    try payout.status.mustAllow(status)
    try await db.run(
      """
      update payout set status = \(status), failure_code = \(code), version = version + 1, updated_at = \(now)
      where id = \(payout.id)
      """)
    try await record(payout.id, from: payout.status, to: status)
    try await comeBack(payout, code: code)
  }

  /// - Parameter payout: as it was before, which tells where the books have the money.
  private func comeBack(_ payout: PayoutRecord, code: String) async throws {
    if payout.isBooked { try await post([.payoutUndo(payout)]) }
    try await db.run(
      "update payout set is_booked = false, booking = booking + \(payout.isBooked ? 1 : 0) where id = \(payout.id)")
    try await emit(PayoutFailed(payout, code: String(code.prefix(100)), at: now))
    if payout.kind == .refund { try await failRefund(notPaidOutBy: payout, code: code) }
    try await followBazaar(payout, to: .failed)
  }
}
