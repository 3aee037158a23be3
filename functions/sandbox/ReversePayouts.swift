import FunctionKit

/// Brings money back that a bank has taken and could not place.
struct ReversePayouts: CronJob {
  func handle(_ tick: Tick, context: Context) async throws {
    let bounced: [PayoutRecord] = try await context.db.all(
      """
      select \(PayoutRecord.columns) from payout where reverse_at <= \(context.now)
      order by reverse_at limit 500 for update skip locked
      """)
    for payout in bounced { try await context.ownTransaction.move(payout, to: .reversed, context) }
  }
}
