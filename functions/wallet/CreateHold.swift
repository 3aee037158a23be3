import FunctionKit

/// Sets money aside for a payment, until it is captured or released, or its time is over.
struct CreateHold: Endpoint {
  struct Input: Decodable, Limited {
    var kind: WalletKind
    var ownerId: ID
    var purpose: HoldPurpose
    var referenceId: ID
    var amount: Int
    var orderAmount: Int?
    var usePromo: Bool?
    var expiresAt: Instant

    static let limits: [String: FieldLimit] = [
      "amount": .range(amounts), "orderAmount": .range(0...amounts.upperBound),
    ]
    fileprivate static let amounts = 1...2_000_000_000
    fileprivate static let longest: Duration = .hours(73)
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<HoldView> {
    try input.validate(at: context.now)
    let work = context.ownWork(because: "create_hold")
    guard let wallet = try await work.lockWallet(input.kind, ofOwner: input.ownerId) else {
      throw Problem.insufficientBalance(input.amount)
    }
    if let hold = try await work.db.hold(for: .payment, input.referenceId), [.active, .captured].contains(hold.status) {
      guard hold.walletId == wallet.id, hold.amount == input.amount else {
        throw Problem.referenceReused("hold", input.referenceId)
      }
      return Reply(HoldView(hold), status: 201)
    }
    let hold = try await work.setAside(
      NewHold(
        purpose: .payment, reference: input.referenceId, amount: input.amount, order: input.orderAmount,
        usesPromo: input.usePromo ?? true, expiresAt: input.expiresAt),
      of: wallet)
    return Reply(HoldView(hold), status: 201)
  }
}

extension CreateHold.Input {
  fileprivate func validate(at now: Instant) throws {
    var validation = Validation()
    validation.require(purpose == .payment, "purpose", "must be payment; withdrawals make their own")
    validation.range(amount, "amount", Self.amounts)
    validation.range(orderAmount, "orderAmount", 0...Self.amounts.upperBound)
    validation.require(expiresAt > now, "expiresAt", "must be ahead", code: "range")
    try validation.finish()
    guard expiresAt - now <= Self.longest else {
      throw Problem(422, "hold_too_long", "A hold lives at most 73 hours.")
    }
  }
}
