import FunctionKit

extension Work {
  /// Gives a locked wallet promotional credit, once per reference.
  /// - Returns: nil when it was given before.
  @discardableResult
  func grant(
    _ lot: NewLot, to wallet: WalletRecord, about reference: Journal.Reference, _ description: String,
    as kind: (journal: Journal.Kind, type: TransactionRecord.Kind) = (.grant, .promotional), order: ID? = nil
  ) async throws -> TransactionRecord? {
    let parts = Parts(promo: lot.amount)
    let journal = Journal.credit(kind.journal, reference, description, to: wallet.id, parts)
    var movement = Movement(kind.type, .credit, parts, journal)
    (movement.expiresAt, movement.orderId) = (lot.expiresAt, order)
    guard let transaction = try await move(wallet, movement) else { return nil }
    try await insert(lot, into: wallet.id, by: transaction.id)
    return transaction
  }
}
