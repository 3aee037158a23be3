import FunctionKit

/// Lets a seller off a commission that no settlement counts yet; the sale itself is paid all the same.
struct WaiveCommission: Endpoint {
  struct Input: Decodable, Limited {
    var orderId: ID
    var sellerId: ID
    var reason: String

    static let limits: [String: FieldLimit] = ["reason": .text(reasonLength)]
    static let reasonLength = 3...500
  }

  func handle(_ input: Input, context: Context) async throws -> CommissionView {
    var validation = Validation()
    validation.text(input.reason, "reason", length: Input.reasonLength)
    try validation.finish()
    let user = try context.requireUser()
    let work = context.ownWork(because: "waive_commission")
    return try await CommissionView(work.waive(input, by: user))
  }
}

extension Work {
  fileprivate func waive(_ input: WaiveCommission.Input, by user: ID) async throws -> CommissionRecord {
    let held: CommissionRecord? = try await db.first(
      """
      select \(CommissionRecord.columns) from commission_ledger
      where order_id = \(input.orderId) and seller_id = \(input.sellerId) for no key update
      """)
    guard let held else { throw Problem.notFound("commission") }
    try held.status.mustAllow(.waived)
    guard held.settlementId == nil else {
      throw Problem(409, "invalid_state", "A settlement that waits for finance counts this commission already.")
    }
    let waived: CommissionRecord = try await db.one(
      """
      update commission_ledger set status = 'waived', waive_reason = \(input.reason),
        waived_by = \(user.description), version = version + 1, updated_at = \(now)
      where id = \(held.id) returning \(CommissionRecord.columns)
      """)
    try await record(held.id, from: held.status, to: .waived, note: input.reason)
    try await emit(CommissionWaived(waived, at: now))
    return waived
  }
}
