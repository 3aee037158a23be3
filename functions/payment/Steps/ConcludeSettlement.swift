import FunctionKit

extension Work {
  /// What follows once it is certain what a settlement pays: its commissions are collected, the books have it, and the
  /// wallet is told what to credit. What is carried on is paid by a later one, and nobody is told of it.
  func conclude(_ settlement: SettlementRecord, _ adjustments: [AdjustmentRecord]) async throws {
    let collected = try await collect(settlement)
    try await post([.settlement(settlement, adjustments)])
    for commission in collected { try await emit(CommissionCollected(commission, at: now)) }
    guard settlement.status == .completed else { return }
    let lines = try await db.settlementLines(of: settlement.id, most: SettlementCompleted.mostOrders + 1)
    let rate = try await rate(of: settlement)
    try await emit(SettlementCompleted(settlement, lines, rateBp: rate, at: now))
  }

  /// Waived and refunded ones stay what they are.
  private func collect(_ settlement: SettlementRecord) async throws -> [CommissionRecord] {
    let collected: [CommissionRecord] = try await db.all(SettlementRecord.collecting(settlement.id, at: now))
    try await record(collected.map(\.id), from: CommissionStatus.collectible, to: .collected)
    return collected.sorted { $0.id < $1.id }
  }

  /// What the commissions come to in basis points, or what the seller would pay now when there are none.
  private func rate(of settlement: SettlementRecord) async throws -> Int {
    let sold = settlement.gross - settlement.refunds
    guard sold > 0 else { return try await db.commissionRate(of: settlement.sellerId, at: now) }
    let rates: [Int] = try await db.all(
      """
      select distinct rate_bp from commission_ledger
      where id = any(array(select commission_id from settlement_line where settlement_id = \(settlement.id)))
      limit 2
      """)
    if rates.count == 1, let rate = rates.first { return rate }
    let (quotient, remainder) = sold.dividingFullWidth(settlement.commission.multipliedFullWidth(by: 10_000))
    return remainder >= sold - remainder ? quotient + 1 : quotient
  }
}

extension SettlementRecord {
  static func collecting(_ settlement: ID, at now: Instant) -> SQL {
    """
    update commission_ledger set status = 'collected', collected_at = \(now), version = version + 1,
      updated_at = \(now)
    where status = 'collectible' and id = any(
      array(select commission_id from settlement_line where settlement_id = \(settlement)))
    returning \(CommissionRecord.columns)
    """
  }
}
