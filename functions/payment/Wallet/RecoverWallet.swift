import FunctionKit

extension RecoverGatewayCalls {
  /// Goes on where the wallet was not asked, or did not answer: sets free, sets aside, takes.
  func recoverWallet(_ context: Context, begin: Instant) async throws {
    let end = context.now + Self.longest
    while context.now < end {
      let bill = try await context.work(because: Self.trigger) {
        try await $0.claimWalletBill(before: begin - Self.patience)
      }
      guard let bill else { return }
      try await context.skippingFailures("the wallet money of bill \(bill) is unfinished") {
        try await context.releaseHolds(ofBill: bill, because: Self.trigger)
        try await context.setAside(forBill: bill, because: Self.trigger)
        try await context.takeFromWallet(forBill: bill, because: Self.trigger)
      }
    }
  }
}

extension Work {
  fileprivate func claimWalletBill(before limit: Instant) async throws -> ID? {
    try await db.first(WalletBills.claim(before: limit, at: now))
  }
}

/// Bills whose wallet money is unfinished.
enum WalletBills {
  /// Takes one for a run. What is to be set free goes first, because it may be needed again.
  /// - Parameter limit: the latest at which one may have been touched last.
  static func claim(before limit: Instant, at now: Instant) -> SQL {
    """
    update payment set hold_touched_at = \(now)
    where id = (
      select id from payment
      where hold_state in ('wanted', 'due', 'releasing') and hold_touched_at < \(limit)
        and (hold_state <> 'wanted' or expires_at > \(now))
      order by hold_state = 'releasing' desc, hold_touched_at limit 1 for no key update skip locked)
    returning bill_id
    """
  }
}
