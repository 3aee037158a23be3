import FunctionKit

/// Gives the cashback that is due, as promotional credit, while its rule may still give.
struct CreditCashback: CronJob {
  private static let step = 100
  private static let life: Duration = .days(90)

  func handle(_ tick: Tick, context: Context) async throws {
    var last: ID?
    while true {
      let due: [ID] = try await context.db.all(
        """
        select id from cashback_award
        where status = 'pending' and due_at <= \(context.now) and (\(last)::uuid is null or id > \(last)::uuid)
        order by id limit \(Self.step)
        """)
      for id in due {
        try await context.skippingFailures("cashback \(id) is due") { try await credit(id, context) }
      }
      guard due.count == Self.step else { return }
      last = due.last
    }
  }

  private func credit(_ id: ID, _ context: Context) async throws {
    try await context.work(because: "credit_cashback") { work in
      let found: AwardRecord = try await work.db.one(
        "select \(AwardRecord.columns) from cashback_award where id = \(id)")
      let wallet = try await work.lockWallet(found.walletId)
      let award: AwardRecord = try await work.db.one(
        "select \(AwardRecord.columns) from cashback_award where id = \(id) for update")
      guard award.status == .pending else { return }
      guard try await work.use(award.ruleId) else { return try await work.set(award, to: .expired) }
      let lot = NewLot(source: "cashback", amount: award.amount, expiresAt: work.now + Self.life)
      let made = try await work.grant(
        lot, to: wallet, about: Journal.Reference(type: "cashback_award", id: award.id), "Cashback",
        as: (.cashback, .cashback), order: award.orderId)
      try await work.set(award, to: .credited, transaction: made?.id)
    }
  }
}

extension Work {
  /// - Returns: false when the rule has given all that it may.
  fileprivate func use(_ rule: ID) async throws -> Bool {
    try await db.run(
      """
      update cashback_rule set used_count = used_count + 1, updated_at = \(now)
      where id = \(rule) and (total_limit is null or used_count < total_limit)
      """) == 1
  }
}
