import FunctionKit

/// Brings a seller what was sold, less what was given back and the commission, which the payment service has taken
/// already.
struct CreditSettlement: EventHandler {
  struct Input: Decodable {
    var settlementId: ID
    var settlementNumber: String
    var sellerId: ID
    var sellerUserId: ID
    /// Rupiah.
    var netAmount: Int
  }

  func handle(_ input: Input, context: Context) async throws {
    guard input.netAmount > 0 else {
      throw Problem.invalid("netAmount", "must be more than nothing for money to be paid")
    }
    let work = context.ownWork(because: "credit_settlement")
    let wallet = try await work.ensureWallet(.seller, ofOwner: input.sellerId, user: input.sellerUserId)
    let parts = Parts(cash: input.netAmount)
    let journal = Journal.credit(
      .settlement, Journal.Reference(type: "settlement", id: input.settlementId),
      "Settlement \(input.settlementNumber)", to: wallet.id, parts)
    guard try await work.move(wallet, Movement(.sellerPayout, .credit, parts, journal)) != nil else { return }
    try await work.withdrawAutomatically(from: wallet.id)
  }
}
