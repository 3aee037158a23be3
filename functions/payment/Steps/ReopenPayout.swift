import FunctionKit

extension Work {
  /// Begins another attempt, under a name and a key of its own.
  func reopen(_ payout: PayoutRecord) async throws -> PayoutRecord {
    try payout.status.mustAllow(.creating)
    let attempt = payout.attempts + 1
    let reopened: PayoutRecord = try await db.one(
      """
      update payout set status = 'creating', attempts = \(attempt), gateway_ref = null, retry_at = null,
        external_id = \(PayoutRecord.externalId(payout.id, attempt: attempt)), version = version + 1,
        updated_at = \(now)
      where id = \(payout.id) returning \(PayoutRecord.columns)
      """)
    try await record(payout.id, from: payout.status, to: .creating, note: "attempt \(attempt)")
    return reopened
  }
}
