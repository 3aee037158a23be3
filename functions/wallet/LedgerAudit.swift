import FunctionKit

/// Holds the books against themselves once a day, and then against the payment service's. What differs is told, and the
/// wallet that it concerns is frozen; nothing is ever put right by itself.
struct LedgerAudit: CronJob {
  private static let trigger = "ledger_audit"

  func handle(_ tick: Tick, context: Context) async throws {
    let sum: Int = try await context.db.one("select coalesce(sum(amount), 0)::bigint from ledger_entry")
    if sum != 0 { context.log.error("the ledger sums to \(sum) and not to nothing") }
    for drift in try await context.db.driftedWallets() {
      context.log.error("wallet \(drift.id) differs from its books: \(drift.difference)")
      try await context.skippingFailures("wallet \(drift.id) is to be frozen") { try await freeze(drift, context) }
    }
    try await compareClearing(context)
  }

  private func freeze(_ drift: Drift, _ context: Context) async throws {
    try await context.work(because: Self.trigger) { work in
      let wallet = try await work.lockWallet(drift.id)
      guard wallet.status == .active else { return }
      try await work.set(wallet, to: .frozen, reason: "The audit found: \(drift.difference)")
    }
  }

  /// As of an hour ago, so that what happened then is in both books by now.
  private func compareClearing(_ context: Context) async throws {
    let time = context.now - .hours(1)
    do {
      let theirs = try await context.services.clearingBalance(asOf: time)
      let ours = try await context.db.clearingBalance(asOf: time)
      if ours + theirs != 0 {
        context.log.error(
          "clearing:payment is \(ours) and the payment service's clearing:wallet \(theirs), as of \(time)")
      }
    } catch let error as ServiceError {
      context.log.warning("the payment service could not be asked for its clearing balance: \(error)")
    }
  }
}
