import FunctionKit

extension Work {
  /// Keeps where a bank transfer is to go, readable by nobody who has only the database.
  /// - Throws: ``Problem`` 422 `channel_disabled` or `amount_out_of_range`.
  func keep(_ account: BankAccount, on refund: RefundRecord) async throws -> RefundRecord {
    try await db.requirePayoutChannel(account.code, amount: refund.gatewayPart)
    let text = try String(decoding: encodeJSON(account), as: UTF8.self)
    let sealed = try context.seal(text, with: PayoutRecord.sealingKey, for: refund.accountPlace)
    return try await db.one(
      """
      update refund set bank_account_enc = \(sealed), bank_account_last4 = \(String(account.accountNumber.suffix(4))),
        bank_code = \(account.code), version = version + 1, updated_at = \(now)
      where id = \(refund.id) returning \(RefundRecord.columns)
      """)
  }
}

extension RefundRecord {
  fileprivate var accountPlace: String { "refund:\(id)" }

  /// In clear, for the payout alone; nil until somebody has named one.
  func account(_ context: Context) throws -> BankAccount? {
    guard let bankAccountEnc else { return nil }
    let text = try context.open(bankAccountEnc, with: PayoutRecord.sealingKey, for: accountPlace)
    return try decodeJSON(BankAccount.self, from: Array(text.utf8))
  }
}
