import FunctionKit

/// Lets a user put money in: the payment service collects it, and tells when it has.
struct CreateTopUp: Endpoint {
  private static let trigger = "create_topup"

  struct Input: Decodable, Limited {
    var amount: Int
    /// Nil lets the user choose on the provider's page.
    var channel: String?

    static let limits: [String: FieldLimit] = ["amount": .range(TopUpPolicy.amounts), "channel": .text(1...40)]
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<TopUpBill> {
    let user = try context.requireUser()
    var validation = Validation()
    validation.text(input.channel, "channel", length: 1...40)
    try validation.finish()
    guard TopUpPolicy.amounts.contains(input.amount) else { throw Problem.topUpOutOfRange }
    let key = "\(user):\(context.idempotencyKey ?? "")"
    let topUp = try await context.work(because: Self.trigger) {
      try await $0.openTopUp(input.amount, for: user, key: key)
    }
    guard topUp.paymentUrl == nil, topUp.status == .pending else { return Reply(TopUpBill(topUp), status: 201) }
    let order = TopUpOrder(
      topupId: topUp.id, userId: user, amount: topUp.amount, channel: input.channel, customer: .init())
    let bill = try await collect(topUp, order, context)
    // Without an invoice a repeat asks for it again.
    return Reply(TopUpBill(bill), status: 201, isFinal: bill.paymentUrl != nil)
  }

  private func collect(_ topUp: TopUpRecord, _ order: TopUpOrder, _ context: Context) async throws -> TopUpRecord {
    do {
      let invoice = try await context.services.collect(order)
      return try await context.work(because: Self.trigger) { try await $0.note(invoice, on: topUp.id) }
    } catch let error as ServiceError where error.isFinal {
      try await context.work(because: Self.trigger) { try await $0.refuse(topUp: topUp.id) }
      throw Problem(422, error.code, "The payment service refuses to collect this: \(error.detail)")
    } catch let error as ServiceError {
      context.log.warning("top-up \(topUp.id) has no invoice yet: \(error)")
      throw Problem(
        503, "payment_unavailable", "The payment service can't be reached; repeat with the same key.", retryAfter: 5)
    }
  }
}

extension Problem {
  fileprivate static let topUpOutOfRange = Problem(
    422, "amount_out_of_range",
    "A top-up is of Rp \(TopUpPolicy.amounts.lowerBound) to \(TopUpPolicy.amounts.upperBound).")
}
