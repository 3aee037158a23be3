import FunctionKit

/// Takes what an advertisement costs out of a wallet's cash, once per thing that is paid.
struct DebitWallet: Endpoint {
  struct Input: Decodable, Limited {
    /// A seller's unless said.
    var kind: WalletKind?
    var ownerId: ID
    var type: Kind
    var amount: Int
    var referenceType: Reference
    var referenceId: ID

    enum Kind: String, Codable, Sendable, CaseIterable { case adSpend = "ad_spend" }
    enum Reference: String, Codable, Sendable, CaseIterable {
      case adTopup = "ad_topup"
      case sponsoredPost = "sponsored_post"
      case campaign
    }

    static let limits: [String: FieldLimit] = ["amount": .range(amounts)]
    fileprivate static let amounts = 1...1_000_000_000
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<TransactionView> {
    var validation = Validation()
    validation.range(input.amount, "amount", Input.amounts)
    try validation.finish()
    let work = context.ownWork(because: "debit_wallet")
    guard let wallet = try await work.lockWallet(input.kind ?? .seller, ofOwner: input.ownerId) else {
      throw Problem.insufficientBalance(input.amount)
    }
    return try await Reply(TransactionView(work.debit(input, from: wallet)), status: 201)
  }
}

extension Work {
  fileprivate func debit(_ input: DebitWallet.Input, from wallet: WalletRecord) async throws -> TransactionRecord {
    let reference = Journal.Reference(type: input.referenceType.rawValue, id: input.referenceId)
    if let known = try await db.transaction(.adSpend, about: reference.type, reference.id) {
      guard known.walletId == wallet.id, known.amount == input.amount else {
        throw Problem.referenceReused("debit", reference.id)
      }
      return known
    }
    try wallet.status.mustAllowSpending()
    guard wallet.cashBalance >= input.amount else { throw Problem.insufficientBalance(input.amount) }
    let parts = Parts(cash: input.amount)
    let journal = Journal.debit(.adSpend, reference, "Advertising", from: wallet.id, parts)
    guard let made = try await move(wallet, Movement(.adSpend, .debit, parts, journal)) else {
      throw Problem.referenceReused("debit", reference.id)
    }
    return made
  }
}
