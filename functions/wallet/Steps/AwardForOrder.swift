import FunctionKit

extension Work {
  /// Promises the best of what an order has earned: by the rules' priority, then by amount.
  func award(for order: CompletedOrder) async throws {
    let rules: [CashbackRule] = try await db.all(
      "select \(CashbackRule.columns) from cashback_rule where is_active and deleted_at is null order by id")
    let earned = rules.compactMap { rule in rule.base(of: order).map { Earned(rule: rule, base: $0) } }
      .filter { $0.amount > 0 }.sorted { $0.rank > $1.rank }
    guard !earned.isEmpty else { return }
    let wallet = try await ensureWallet(.buyer, ofOwner: order.user, user: order.user)
    for award in earned {
      guard try await hasRoom(award.rule, of: wallet.id) else { continue }
      return try await insert(award, order, wallet.id)
    }
  }

  private func hasRoom(_ rule: CashbackRule, of wallet: ID) async throws -> Bool {
    guard let limit = rule.perUserLimit else { return true }
    let used: Int = try await db.one(
      """
      select count(*) from cashback_award
      where rule_id = \(rule.id) and wallet_id = \(wallet) and status in ('pending', 'credited')
      """)
    return used < limit
  }

  private func insert(_ award: Earned, _ order: CompletedOrder, _ wallet: ID) async throws {
    let id = context.newID()
    let due = order.completedAt + .days(Int64(award.rule.creditAfterDays))
    let isNew = try await db.run(
      """
      insert into cashback_award (id, rule_id, wallet_id, order_id, base_amount, amount, due_at, created_at, updated_at)
      select \(id), \(award.rule.id), \(wallet), \(order.id), \(award.base), \(award.amount), \(due), \(now), \(now)
      where not exists (select from cashback_award where order_id = \(order.id))
      on conflict (rule_id, order_id) do nothing
      """)
    if isNew == 1 { try await record(id, from: AwardStatus?.none, to: .pending) }
  }
}

/// What an order has earned by one rule.
private struct Earned {
  var rule: CashbackRule
  var base: Int

  var amount: Int { rule.amount(on: base) }
  var rank: (Int, Int) { (rule.priority, amount) }
}
