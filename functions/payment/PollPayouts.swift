import FunctionKit

/// Asks the provider about payouts that it has taken and not spoken of since: some ends it never tells.
struct PollPayouts: CronJob {
  private static let silence: Duration = .minutes(30)
  private static let longest: Duration = .minutes(8)
  private static let trigger = "poll_payouts"

  func handle(_ tick: Tick, context: Context) async throws {
    let begin = context.now
    while context.now - begin < Self.longest {
      let silent = try await context.work(because: Self.trigger) {
        try await $0.claimSilentPayout(before: begin - Self.silence)
      }
      guard let silent else { return }
      try await context.skippingFailures("payout \(silent.payoutNumber) is unfinished") {
        try await ask(silent, context)
      }
    }
  }

  private func ask(_ payout: PayoutRecord, _ context: Context) async throws {
    do {
      guard let report = try await PayoutGateway.xendit(context, for: payout).find(payout.externalId) else {
        return context.log.error("the provider does not know payout \(payout.externalId), which it has accepted")
      }
      let outcome = try await context.work(because: Self.trigger) { try await $0.take(report) }
      if case .parked(let reason) = outcome { context.log.error("payout \(payout.externalId): \(reason)") }
    } catch let failure as GatewayFailure {
      context.log.error("the provider does not say what became of payout \(payout.externalId): \(failure)")
    }
  }
}

extension Work {
  fileprivate func claimSilentPayout(before limit: Instant) async throws -> PayoutRecord? {
    try await db.first(
      """
      update payout set updated_at = \(now)
      where id in (
        select id from payout where status = 'accepted' and updated_at <= \(limit)
        order by updated_at limit 1 for no key update skip locked)
      returning \(PayoutRecord.columns)
      """)
  }
}
