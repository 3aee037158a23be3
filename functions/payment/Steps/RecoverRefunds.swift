import FunctionKit

extension RecoverGatewayCalls {
  /// What the provider has and does not tell of is asked after this often.
  private static let silence: Duration = .minutes(30)

  /// Sends what was approved where nobody could send it, such as on an event; asks again where no answer came, and what
  /// became of it where no webhook did.
  func recoverRefunds(_ context: Context, begin: Instant) async throws {
    let end = context.now + Self.longest
    while context.now < end {
      let refund = try await context.work(because: Self.trigger) {
        try await $0.claimUnfinishedRefund(
          approved: begin, unanswered: begin - Self.patience, silent: begin - Self.silence)
      }
      guard let refund else { return }
      try await context.skippingFailures("refund \(refund.id) is unfinished") { try await goOn(refund, context) }
    }
  }

  private func goOn(_ refund: RefundRecord, _ context: Context) async throws {
    guard refund.status == .processing, let gatewayRef = refund.gatewayRef else {
      return try await context.sendRefund(refund.id, because: Self.trigger)
    }
    try await context.askAfterRefund(refund, gatewayRef, because: Self.trigger)
  }
}

extension Work {
  /// Takes one refund for this run. Each time is the latest at which it may have been touched last.
  fileprivate func claimUnfinishedRefund(
    approved: Instant, unanswered: Instant, silent: Instant
  ) async throws -> RefundRecord? {
    try await db.first(
      """
      update refund set updated_at = \(now)
      where id = (
        select id from refund
        where (status = 'approved' and updated_at < \(approved)
            and (method = 'original_payment' or bank_account_enc is not null))
          or (method = 'original_payment' and status = 'processing' and gateway_ref is null and updated_at < \(unanswered))
          or (method = 'original_payment' and status = 'processing' and gateway_ref is not null
            and updated_at < \(silent))
        order by updated_at limit 1 for no key update skip locked)
      returning \(RefundRecord.columns)
      """)
  }
}
