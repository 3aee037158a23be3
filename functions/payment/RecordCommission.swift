import FunctionKit

/// Makes sure that a seller owes a commission for a paid order, which the capture has seen to as a rule.
struct RecordCommission: Endpoint {
  struct Input: Decodable, Limited {
    var orderId: ID
    var orderNumber: String
    var sellerId: ID
    var paymentId: ID?
    /// Rupiah: what the seller has sold in this order.
    var baseAmount: Int
    /// The seller's own rate or the default when left out.
    var rateBp: Int?

    static let limits: [String: FieldLimit] = [
      "orderNumber": .text(numberLength), "baseAmount": .range(amounts), "rateBp": .range(rates),
    ]
    static let numberLength = 1...50
    static let amounts = 0...1_000_000_000
    static let rates = 0...10_000
  }

  /// 201 with a new commission, 200 with the one that there is.
  func handle(_ input: Input, context: Context) async throws -> Reply<CommissionView> {
    var validation = Validation()
    validation.text(input.orderNumber, "orderNumber", length: Input.numberLength)
    validation.range(input.baseAmount, "baseAmount", Input.amounts)
    validation.range(input.rateBp, "rateBp", Input.rates)
    try validation.finish()
    let work = context.ownWork(because: "record_commission")
    try await work.lockSale(ofOrder: input.orderId)
    if let known = try await work.holdCommission(ofOrder: input.orderId, seller: input.sellerId) {
      return Reply(CommissionView(known))
    }
    try await work.recordMissing(input)
    guard let made = try await work.holdCommission(ofOrder: input.orderId, seller: input.sellerId) else {
      throw Problem.notFound("commission")
    }
    return Reply(CommissionView(made), status: 201)
  }
}

extension Work {
  fileprivate func recordMissing(_ input: RecordCommission.Input) async throws {
    guard let payment = try await db.livePayments(.order, of: [input.orderId]).first,
      input.paymentId == nil || input.paymentId == payment.id
    else { throw Problem.notFound("payment") }
    guard payment.paidAt != nil else {
      throw Problem(409, "payment_not_paid", "The order is not paid, so nothing is owed for it.")
    }
    guard let line = try await db.lines(of: [payment]).first(where: { $0.sellerId == input.sellerId }) else {
      throw Problem.notFound("seller in this order")
    }
    guard line.merchandiseAmount == input.baseAmount else {
      throw Problem(
        409, "base_mismatch", "The seller was paid \(line.merchandiseAmount) for this order, not \(input.baseAmount).")
    }
    _ = try await recordCommission(payment, line, input.sellerId, rate: input.rateBp)
    try await applyKeptNews(ofOrder: input.orderId)
  }
}
