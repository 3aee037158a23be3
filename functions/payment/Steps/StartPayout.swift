import FunctionKit

/// Money that is to go to an account outside.
struct PayoutOrder: Sendable {
  var kind: PayoutKind
  /// What it is for: one payout for each.
  var reference: ID
  var amount: Int
  var channelCode: String
  var accountNumber: String
  var accountHolder: String
  var requestedBy: String
}

extension Work {
  /// Records a payout, or finds the one for the same thing. The provider is asked afterwards, outside of the transaction:
  /// ``FunctionKit/Context/sendPayout(_:because:)``, or by the recovery job when nobody does.
  /// - Throws: ``Problem`` 422 `channel_disabled` or `amount_out_of_range`; 409 `payout_differs`.
  func startPayout(_ order: PayoutOrder) async throws -> (payout: PayoutRecord, isNew: Bool) {
    try await lock("payout:\(order.kind.rawValue):\(order.reference)")
    if let payout = try await db.payout(order.kind, of: order.reference) {
      guard try order.isFor(payout, context) else { throw Problem.payoutDiffers }
      return (payout, false)
    }
    try await db.requirePayoutChannel(order.channelCode, amount: order.amount)
    return try await (insert(order), true)
  }

  private func insert(_ order: PayoutOrder) async throws -> PayoutRecord {
    let id = context.newID()
    let account = try context.seal(order.accountNumber, with: PayoutRecord.sealingKey, for: PayoutRecord.place(id))
    _ = try await numbered(.payout) { number in
      try await db.run(
        """
        insert into payout (id, payout_number, kind, reference_id, amount, channel_code, account_enc, account_last4,
          account_holder, external_id, requested_by, created_at, updated_at)
        values (\(id), \(number), \(order.kind), \(order.reference), \(order.amount), \(order.channelCode), \(account),
          \(String(order.accountNumber.suffix(4))), \(order.accountHolder),
          \(PayoutRecord.externalId(id, attempt: 1)), \(order.requestedBy), \(now), \(now))
        on conflict (payout_number) do nothing
        """)
    }
    try await record(id, from: PayoutStatus?.none, to: .creating)
    return try await db.one("select \(PayoutRecord.columns) from payout where id = \(id)")
  }
}

extension PayoutRecord {
  static let sealingKey = "PAYMENT_SEALING_KEY"
  static func place(_ id: ID) -> String { "payout:\(id)" }

  /// In clear, for the provider alone.
  func accountNumber(_ context: Context) throws -> String {
    try context.open(accountEnc, with: Self.sealingKey, for: Self.place(id))
  }
}

extension PayoutOrder {
  fileprivate func isFor(_ payout: PayoutRecord, _ context: Context) throws -> Bool {
    let isSame = payout.amount == amount && payout.channelCode == channelCode && payout.accountHolder == accountHolder
    return try isSame && payout.accountNumber(context) == accountNumber
  }
}

extension Problem {
  fileprivate static let payoutDiffers = Problem(
    409, "payout_differs", "Another amount or account was paid out for this reference. Ask for what became of it first."
  )
}
