import FunctionKit

/// Takes back from a seller what no refund takes back: the house keeps it.
struct ReverseCommission: Endpoint {
  struct Input: Decodable, Limited {
    var orderId: ID
    var sellerId: ID
    /// Rupiah of the sale that are taken back in all, refunds counted; all of it when left out.
    var amount: Int?

    static let limits: [String: FieldLimit] = ["amount": .range(amounts)]
    static let amounts = 1...1_000_000_000
  }

  func handle(_ input: Input, context: Context) async throws -> CommissionView {
    var validation = Validation()
    validation.range(input.amount, "amount", Input.amounts)
    try validation.finish()
    let work = context.ownWork(because: "reverse_commission")
    guard let sale = try await work.holdCommission(ofOrder: input.orderId, seller: input.sellerId) else {
      throw Problem.notFound("commission")
    }
    return try await CommissionView(work.reverse(sale, to: input.amount))
  }
}

extension Work {
  /// - Parameter total: how much of what was captured is taken back once this is done; repeating it takes nothing more.
  fileprivate func reverse(_ sale: CommissionRecord, to total: Int?) async throws -> CommissionRecord {
    let sold = try await db.one(
      """
      select merchandise_amount from payment_line line join commission_ledger sale on sale.payment_line_id = line.id
      where sale.id = \(sale.id)
      """, as: Int.self)
    let left = sold - (total ?? sold)
    guard left >= 0 else { throw Problem.invalid("amount", "must be at most the \(sold) that were sold") }
    guard left < sale.base else { return sale }
    guard sale.settlementId == nil, [.pending, .collectible].contains(sale.status) else {
      throw Problem.invalidState("commission", from: sale.status.rawValue, to: CommissionStatus.refunded.rawValue)
    }
    let corrected = try await correct(sale, to: left)
    return left == 0 ? try await endRefunded(corrected) : corrected
  }

  private func endRefunded(_ sale: CommissionRecord) async throws -> CommissionRecord {
    let ended: CommissionRecord = try await db.one(
      """
      update commission_ledger set status = 'refunded', updated_at = \(now) where id = \(sale.id)
      returning \(CommissionRecord.columns)
      """)
    try await record(sale.id, from: sale.status, to: .refunded)
    try await emit(CommissionRefunded(ended, at: now))
    return ended
  }
}
