import FunctionKit

/// Keeps a settlement that waits for finance from being paid until somebody approves it all the same.
struct HoldSettlement: Endpoint {
  struct Input: Decodable, Limited {
    var id: ID
    var reason: String

    static let limits: [String: FieldLimit] = ["reason": .text(reasonLength)]
    static let reasonLength = 3...500
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<SettlementView> {
    var validation = Validation()
    validation.text(input.reason, "reason", length: Input.reasonLength)
    try validation.finish()
    let user = try context.requireUser()
    let work = context.ownWork(because: "hold_settlement")
    guard let settlement = try await work.holdSettlement(input.id) else { throw Problem.notFound("settlement") }
    try context.requireVersion(settlement.version)
    try settlement.status.mustAllow(.held)
    try await work.keepBack(settlement, because: input.reason, by: user.description)
    return try await SettlementView.reply(input.id, from: context.db)
  }
}

extension Work {
  func keepBack(_ settlement: SettlementRecord, because reason: String, by: String) async throws {
    try await db.run(
      """
      update settlement set status = 'held', hold_reason = \(reason), version = version + 1, updated_at = \(now)
      where id = \(settlement.id)
      """)
    try await record(settlement.id, from: settlement.status, to: .held, note: "\(by): \(reason)")
  }
}
