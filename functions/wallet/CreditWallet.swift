import FunctionKit

/// Gives a user credit on another service's behalf: a reward, within a campaign's budget, or what an advertisement did
/// not use.
struct CreditWallet: Endpoint {
  struct Input: Decodable, Limited {
    var kind: WalletKind
    var ownerId: ID
    var type: Kind
    var amount: Int
    /// Whose budget a promotional credit is taken from.
    var campaignId: ID?
    var referenceId: ID
    var expiresAt: Instant?

    enum Kind: String, Codable, Sendable, CaseIterable {
      case promotional
      case adRefund = "ad_refund"
    }

    static let limits: [String: FieldLimit] = ["amount": .range(amounts)]
    fileprivate static let amounts = 1...1_000_000
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<TransactionView> {
    try input.validate(at: context.now)
    let work = context.ownWork(because: "credit_wallet")
    return try await Reply(TransactionView(work.credit(input)), status: 201)
  }
}

extension CreditWallet.Input {
  fileprivate func validate(at now: Instant) throws {
    var validation = Validation()
    validation.range(amount, "amount", Self.amounts)
    if type == .promotional {
      validation.require(campaignId != nil, "campaignId", "is needed for promotional credit", code: "required")
      validation.require(kind == .buyer, "kind", "must be buyer: sellers have no promotional credit")
    }
    if let expiresAt { validation.require(expiresAt > now, "expiresAt", "must be ahead", code: "range") }
    try validation.finish()
  }

  fileprivate var reference: Journal.Reference { Journal.Reference(type: "\(type.rawValue)_credit", id: referenceId) }
}

extension Work {
  fileprivate func credit(_ input: CreditWallet.Input) async throws -> TransactionRecord {
    // Under the wallet's lock, so that of two alike requests the second finds the first.
    let wallet = try await lockWallet(input.kind, ofOwner: input.ownerId)
    if let known = try await db.transaction(
      input.type == .promotional ? .promotional : .adRefund, about: input.reference.type, input.referenceId)
    {
      guard known.walletId == wallet?.id, known.amount == input.amount else {
        throw Problem.referenceReused("credit", input.referenceId)
      }
      return known
    }
    guard input.type == .adRefund else {
      return try await award(
        CampaignAward(
          campaign: input.campaignId ?? input.referenceId, user: input.ownerId, amount: input.amount,
          reference: input.reference, expiresAt: input.expiresAt))
    }
    guard let wallet else { throw Problem.notFound("wallet") }
    let parts = Parts(cash: input.amount)
    let journal = Journal.credit(.adRefund, input.reference, "Advertising given back", to: wallet.id, parts)
    guard let made = try await move(wallet, Movement(.adRefund, .credit, parts, journal)) else {
      throw Problem.referenceReused("credit", input.referenceId)
    }
    return made
  }
}
