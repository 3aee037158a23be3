import FunctionKit

/// Pays out, on Mondays, what sellers have asked to have paid out and no settlement of the week has.
struct AutoWithdraw: CronJob {
  private static let step = 100

  func handle(_ tick: Tick, context: Context) async throws {
    var last: ID?
    while true {
      let due: [ID] = try await context.db.all(
        """
        select id from wallet
        where auto_withdraw and kind = 'seller' and status = 'active'
          and cash_balance >= \(WithdrawalPolicy.autoMinimum) and (\(last)::uuid is null or id > \(last)::uuid)
        order by id limit \(Self.step)
        """)
      for id in due {
        try await context.skippingFailures("wallet \(id) is to be paid out") {
          try await context.work(because: "auto_withdraw") { try await $0.withdrawAutomatically(from: id) }
        }
      }
      guard due.count == Self.step else { return }
      last = due.last
    }
  }
}
