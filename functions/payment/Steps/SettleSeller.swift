import FunctionKit

extension Work {
  /// Settles all that is due to a seller, once per batch; called within a run, with the seller's settlements locked.
  func settle(_ seller: ID, user: ID, in batch: BatchRecord) async throws {
    guard try await !db.hasSettled(seller, in: batch.id) else { return }
    let dues = try await db.dues(of: seller, before: batch.period.end, "for no key update")
    guard !dues.isEmpty else { return }
    let hold = try await db.holdReason(of: seller)
    let settlement = try await insert(
      dues.sums, seller: seller, user: user, in: batch, hold: hold, orders: dues.sales.count)
    try await take(dues, into: settlement)
    guard settlement.status.isFinal else { return }
    try await conclude(settlement, dues.adjustments)
  }

  private func insert(
    _ sums: SettlementSums, seller: ID, user: ID, in batch: BatchRecord, hold: String?, orders: Int
  ) async throws -> SettlementRecord {
    let id = context.newID()
    let path = SettlementStatus.path(to: sums.verdict(isHeld: hold != nil))
    let status = path.last ?? .calculated
    let (isPaid, isHeld) = (status == .completed, status == .held)
    _ = try await numbered(.settlement) { number in
      try await db.run(
        """
        insert into settlement (id, settlement_number, batch_id, seller_id, seller_user_id, gross, refunds, commission,
          adjustments, carry_in, net, carry_out, order_count, status, hold_reason, approved_by, approved_at, completed_at,
          created_at, updated_at)
        values (\(id), \(number), \(batch.id), \(seller), \(user), \(sums.gross), \(sums.refunds), \(sums.commission),
          \(sums.adjustments), \(sums.carryIn), \(sums.net), \(status == .carriedForward ? sums.net : 0), \(orders),
          \(status), \(isHeld ? hold : nil), \(isPaid ? "system" : nil), \(isPaid ? now : nil), \(isPaid ? now : nil),
          \(now), \(now))
        on conflict (settlement_number) do nothing
        """)
    }
    var before: SettlementStatus?
    for state in path {
      try await record(id, from: before, to: state)
      before = state
    }
    return try await db.one("select \(SettlementRecord.columns) from settlement where id = \(id)")
  }

  /// From here on no other settlement can take any of it.
  private func take(_ dues: SellerDues, into settlement: SettlementRecord) async throws {
    let sales = dues.sales.map(\.id)
    try await db.run(
      """
      insert into settlement_line (commission_id, settlement_id, order_id, gross, refunds, commission, created_at)
      select id, \(settlement.id), order_id, base_amount, reversed_base,
        case when status = 'waived' then 0 else commission_amount end, \(now)
      from commission_ledger where id = any(\(sales)::uuid[])
      """)
    try await db.run(
      """
      update commission_ledger set settlement_id = \(settlement.id), version = version + 1, updated_at = \(now)
      where id = any(\(sales)::uuid[])
      """)
    try await db.run(
      """
      update settlement_adjustment set settlement_id = \(settlement.id), updated_at = \(now)
      where id = any(\(dues.adjustments.map(\.id))::uuid[])
      """)
    try await db.run(
      """
      update settlement set carried_to = \(settlement.id), updated_at = \(now)
      where id = any(\(dues.carries.map(\.id))::uuid[])
      """)
  }
}

extension Database {
  fileprivate func hasSettled(_ seller: ID, in batch: ID) async throws -> Bool {
    try await one(
      "select exists (select from settlement where batch_id = \(batch) and seller_id = \(seller))")
  }
}
