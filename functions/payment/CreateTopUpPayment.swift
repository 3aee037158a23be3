import FunctionKit

/// Has the provider collect what a user puts into their wallet, and the fee on it.
struct CreateTopUpPayment: Endpoint {
  private static let trigger = "create_topup_payment"

  struct Input: Decodable, Limited {
    var topupId: ID
    var userId: ID
    var amount: Int
    /// Nil lets the user choose on the provider's page.
    var channel: String?
    var customer: Customer

    static let limits: [String: FieldLimit] = ["amount": .range(amounts)]
    fileprivate static let amounts = 10_000...20_000_000
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<SingleBillView> {
    let key = try context.requireIdempotencyKey()
    var validation = Validation()
    input.customer.check("customer", &validation)
    try validation.finish()
    guard Input.amounts.contains(input.amount) else { throw Problem.outOfRange(input.amount, Input.amounts) }
    let request = BillRequest(
      purpose: .walletTopup, userId: input.userId,
      parts: [.init(reference: input.topupId, lines: [.init(merchandiseAmount: input.amount)])],
      channel: input.channel, customer: input.customer)
    let bill = try await context.open(request, key: "topup:\(key)", because: Self.trigger)
    return try await SingleBillView.reply(to: bill.payments, from: context.db)
  }
}
