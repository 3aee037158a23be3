import FunctionKit

extension Work {
  /// Takes cashback back that was promised for what was given back since: all of it, or what the rest does not earn.
  func recountCashback(ofOrder order: ID, isFull: Bool, less goods: Int) async throws {
    let pending: [AwardRecord] = try await db.all(
      """
      select \(AwardRecord.columns) from cashback_award where order_id = \(order) and status = 'pending' for update
      """)
    for award in pending {
      let base = isFull ? 0 : max(0, award.baseAmount - goods)
      let amount = base == 0 ? 0 : try await amount(of: award.ruleId, on: base)
      if amount == 0 {
        try await set(award, to: .cancelled)
      } else {
        try await db.run(
          """
          update cashback_award set base_amount = \(base), amount = \(amount), updated_at = \(now)
          where id = \(award.id)
          """)
      }
    }
  }

  /// Below the smallest order nothing is earned.
  private func amount(of rule: ID, on base: Int) async throws -> Int {
    let rule: CashbackRule = try await db.one("select \(CashbackRule.columns) from cashback_rule where id = \(rule)")
    return base < rule.minOrder ?? 0 ? 0 : rule.amount(on: base)
  }
}
