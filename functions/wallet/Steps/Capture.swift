import FunctionKit

extension Work {
  /// Takes what a payment needs of its hold; the rest is free again.
  /// - Throws: ``Problem`` 409 `hold_closed`, 422 for more than is held.
  func capture(
    _ amount: Int, of hold: HoldRecord, _ wallet: WalletRecord, payment: ID, order: ID?
  ) async throws -> TransactionRecord? {
    guard hold.status != .captured || hold.capturedAmount != amount else {
      return try await db.first(
        """
        select \(TransactionRecord.columns) from wallet_transaction
        where idempotency_key = \("capture:hold:\(hold.id)")
        """
      )
    }
    guard hold.status == .active else { throw Problem.holdClosed(hold.status) }
    guard (1...hold.amount).contains(amount) else {
      throw Problem.invalid("amount", "must be 1 to \(hold.amount)", code: "range")
    }
    try await close(hold, as: .captured, captured: amount)
    try await db.run("update wallet_hold set payment_id = \(payment), order_id = \(order) where id = \(hold.id)")
    let taken = hold.parts.captured(amount)
    var movement = Movement(
      .payment, .debit, taken, .capture(amount, of: wallet.id, hold.id, "Payment of an order"),
      about: Journal.Reference(type: "payment", id: payment))
    (movement.paymentId, movement.orderId) = (payment, order)
    let transaction = try await move(wallet, movement)
    try await giveBack(hold.parts - taken, of: hold, wallet)
    return transaction
  }
}
