import FunctionKit

/// Pays a settlement that waited for somebody.
struct ApproveSettlement: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<SettlementView> {
    let user = try context.requireUser()
    let work = context.ownWork(because: "approve_settlement")
    guard let settlement = try await work.holdSettlement(input.id) else { throw Problem.notFound("settlement") }
    try context.requireVersion(settlement.version)
    try settlement.status.mustAllow(.approved)
    guard try await work.db.holdReason(of: settlement.sellerId) == nil else {
      throw Problem(409, "seller_held", "The seller is held; release the seller first.")
    }
    try await work.pay(settlement, by: user)
    return try await SettlementView.reply(input.id, from: context.db)
  }
}

extension Work {
  fileprivate func pay(_ settlement: SettlementRecord, by user: ID) async throws {
    try await holdBatch(settlement.batchId)
    let paid: SettlementRecord = try await db.one(
      """
      update settlement set status = 'completed', hold_reason = null, approved_by = \(user.description),
        approved_at = \(now), completed_at = \(now), version = version + 1, updated_at = \(now)
      where id = \(settlement.id) returning \(SettlementRecord.columns)
      """)
    try await record(settlement.id, from: settlement.status, to: .approved, note: user.description)
    try await record(settlement.id, from: SettlementStatus.approved, to: .completed)
    try await conclude(paid, db.adjustments(of: paid.id))
    try await recount(paid.batchId)
  }
}
