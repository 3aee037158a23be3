import FunctionKit

/// Hands approved withdrawals to the payment service. The attempt is committed before it is made; one whose answer was
/// lost is looked up before it is repeated.
struct SubmitWithdrawals: CronJob {
  private static let trigger = "submit_withdrawals"
  private static let step = 100

  func handle(_ tick: Tick, context: Context) async throws {
    var last: ID?
    while true {
      let due: [ID] = try await context.db.all(
        """
        select id from withdrawal_request
        where status = 'approved' and payout_id is null and (\(last)::uuid is null or id > \(last)::uuid)
        order by id limit \(Self.step)
        """)
      for id in due {
        try await context.skippingFailures("withdrawal \(id) is to be paid out") { try await submit(id, context) }
      }
      guard due.count == Self.step else { return }
      last = due.last
    }
  }

  private func submit(_ id: ID, _ context: Context) async throws {
    guard let submission = try await context.work(because: Self.trigger, { try await $0.claim(id) }) else { return }
    do {
      let payout = try await payout(of: submission, context)
      try await context.work(because: Self.trigger) { work in
        guard let (withdrawal, wallet) = try await work.lock(withdrawal: id) else { return }
        _ = try await work.accept(withdrawal, wallet, payout: payout.id)
      }
    } catch let error as ServiceError where error.isFinal {
      context.log.error("withdrawal \(id) was refused: \(error)")
      try await context.work(because: Self.trigger) { try await $0.refuse(id, code: error.code) }
    } catch let error as ServiceError {
      context.log.warning("withdrawal \(id) will be asked for again: \(error)")
    }
  }

  private func payout(of submission: Submission, _ context: Context) async throws -> Payout {
    if submission.mayExist, let known = try await context.services.payout(ofWithdrawal: submission.id) { return known }
    return try await context.services.payOut(submission.order, key: submission.key)
  }
}
