import FunctionKit

/// Money that comes into a wallet or leaves it, as its user will see it.
struct Movement: Sendable {
  var type: TransactionRecord.Kind
  var direction: TransactionRecord.Direction
  var parts: Parts
  var journal: Journal
  /// What it is about, in the user's terms; the journal's own reference unless said.
  var reference: Journal.Reference
  var orderId: ID?
  var paymentId: ID?
  var reversesId: ID?
  var expiresAt: Instant?

  init(
    _ type: TransactionRecord.Kind, _ direction: TransactionRecord.Direction, _ parts: Parts, _ journal: Journal,
    about reference: Journal.Reference? = nil
  ) {
    self.type = type
    self.direction = direction
    self.parts = parts
    self.journal = journal
    self.reference = reference ?? journal.reference
  }
}

extension Work {
  /// Books a movement of a locked wallet, lists it, and tells of it.
  /// - Returns: nil when it was booked before.
  @discardableResult
  func move(_ wallet: WalletRecord, _ movement: Movement) async throws -> TransactionRecord? {
    guard let entry = try await post(movement.journal) else { return nil }
    if movement.direction == .credit, wallet.status == .closed {
      context.log.error("wallet \(wallet.id) was closed, and money came for it: it is open again")
      try await set(wallet, to: .active, reason: "money came after it was closed")
    }
    let wallet = try await count(movement, of: wallet)
    let transaction = try await insert(movement, of: wallet, entry: entry)
    switch movement.direction {
    case .credit: try await emit(WalletCredited(WalletMoved(transaction, of: wallet)))
    case .debit: try await emit(WalletDebited(WalletMoved(transaction, of: wallet)))
    }
    return transaction
  }

  private func count(_ movement: Movement, of wallet: WalletRecord) async throws -> WalletRecord {
    let amount = movement.parts.total
    let isCredit = movement.direction == .credit
    return try await db.one(
      """
      update wallet set transaction_count = transaction_count + 1, updated_at = \(now),
        total_credited = total_credited + \(isCredit ? amount : 0),
        total_debited = total_debited + \(isCredit ? 0 : amount),
        total_cashback = total_cashback + \(movement.type == .cashback ? amount : 0)
      where id = \(wallet.id) returning \(WalletRecord.columns)
      """)
  }

  /// - Parameter wallet: as it is after the journal was posted.
  private func insert(_ it: Movement, of wallet: WalletRecord, entry: ID) async throws -> TransactionRecord {
    let id = context.newID()
    let before = wallet.total - (it.direction == .credit ? it.parts.total : -it.parts.total)
    let key = "\(it.journal.kind.rawValue):\(it.journal.reference.type):\(it.journal.reference.id)"
    _ = try await numbered(.transaction) { number in
      try await db.run(
        """
        insert into wallet_transaction (id, transaction_number, wallet_id, seq, type, direction, amount, cash_amount,
          promo_amount, balance_before, balance_after, reference_type, reference_id, order_id, payment_id,
          ledger_transaction_id, reverses_id, description, expires_at, idempotency_key, created_by, created_at)
        values (\(id), \(number), \(wallet.id), \(wallet.transactionCount), \(it.type), \(it.direction),
          \(it.parts.total), \(it.parts.cash), \(it.parts.promo), \(before), \(wallet.total), \(it.reference.type),
          \(it.reference.id), \(it.orderId), \(it.paymentId), \(entry), \(it.reversesId), \(it.journal.description),
          \(it.expiresAt), \(key), \(actor), \(now))
        on conflict (transaction_number) do nothing
        """)
    }
    return try await db.one("select \(TransactionRecord.columns) from wallet_transaction where id = \(id)")
  }
}
