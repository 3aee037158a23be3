import FunctionKit

extension RecoverGatewayCalls {
  /// Sends payouts that nobody has sent, or whose answer was lost, and those whose failure has had its time to pass.
  func recoverPayouts(_ context: Context, begin: Instant) async throws {
    let end = context.now + Self.longest
    while context.now < end {
      let payouts = try await context.work(because: Self.trigger) { work in
        try await work.claimStuckPayout(before: begin - Self.patience) + work.reopenDuePayout()
      }
      guard !payouts.isEmpty else { return }
      for payout in payouts {
        try await context.skippingFailures("payout \(payout.payoutNumber) is unfinished") {
          try await context.sendPayout(payout, because: Self.trigger)
        }
      }
    }
  }
}

extension Work {
  fileprivate func claimStuckPayout(before limit: Instant) async throws -> [PayoutRecord] {
    try await db.all(
      """
      update payout set updated_at = \(now)
      where id in (
        select id from payout where status = 'creating' and updated_at < \(limit)
        order by updated_at limit 1 for no key update skip locked)
      returning \(PayoutRecord.columns)
      """)
  }

  fileprivate func reopenDuePayout() async throws -> [PayoutRecord] {
    let due: PayoutRecord? = try await db.first(
      """
      select \(PayoutRecord.columns) from payout where retry_at <= \(now)
      order by retry_at limit 1 for no key update skip locked
      """)
    guard let due else { return [] }
    return [try await reopen(due)]
  }
}
