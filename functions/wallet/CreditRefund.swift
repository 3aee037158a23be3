import FunctionKit

/// Brings the part of a refund that goes to the wallet; what went back by card or bank is none of the wallet's affair.
struct CreditRefund: EventHandler {
  struct Input: Decodable {
    var refundId: ID
    var paymentId: ID
    var orderId: ID?
    var userId: ID
    /// Rupiah.
    var walletAmount: Int
    var merchandiseAmount: Int
    var isFull: Bool
  }

  func handle(_ input: Input, context: Context) async throws {
    let work = context.ownWork(because: "credit_refund")
    if input.walletAmount > 0 {
      let wallet = try await work.ensureWallet(.buyer, ofOwner: input.userId, user: input.userId)
      let refund = WalletRefund(
        id: input.refundId, payment: input.paymentId, order: input.orderId, amount: input.walletAmount)
      guard try await work.credit(refund, to: wallet) else { return }
    }
    guard let order = input.orderId else { return }
    if input.isFull { try await work.refundAll(ofOrder: order, of: input.userId) }
    try await work.recountCashback(ofOrder: order, isFull: input.isFull, less: input.merchandiseAmount)
  }
}
