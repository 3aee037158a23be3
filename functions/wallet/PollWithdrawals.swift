import FunctionKit

/// Asks about withdrawals that nothing was heard of for long, since an event may have been given up on.
struct PollWithdrawals: CronJob {
  private static let patience: Duration = .minutes(30)
  private static let step = 100

  func handle(_ tick: Tick, context: Context) async throws {
    var last: ID?
    while true {
      let due: [ID] = try await context.db.all(
        """
        select id from withdrawal_request
        where status = 'processing' and processing_at < \(context.now - Self.patience)
          and (\(last)::uuid is null or id > \(last)::uuid)
        order by id limit \(Self.step)
        """)
      for id in due {
        try await context.skippingFailures("withdrawal \(id) is under way for long") { try await poll(id, context) }
      }
      guard due.count == Self.step else { return }
      last = due.last
    }
  }

  private func poll(_ id: ID, _ context: Context) async throws {
    guard let payout = try await context.services.payout(ofWithdrawal: id) else {
      context.log.error("withdrawal \(id) is under way, but the payment service has no payout of it")
      return
    }
    try await context.work(because: "poll_withdrawals") { work in
      guard let (withdrawal, wallet) = try await work.lock(withdrawal: id), withdrawal.status == .processing else {
        return
      }
      switch payout.outcome {
      case .underway: break
      case .paid: try await work.complete(withdrawal, wallet)
      case .failed(let code): try await work.fail(withdrawal, wallet, code: code)
      }
    }
  }
}
