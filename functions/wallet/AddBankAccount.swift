import FunctionKit

/// Saves where a user's withdrawals go. The number is sealed; whether it is right, the first payout tells.
struct AddBankAccount: Endpoint {
  struct Input: Decodable, Limited {
    /// Of the payment service's, such as `ID_BCA`.
    var channelCode: String
    var accountNumber: String
    var accountHolder: String

    static let limits: [String: FieldLimit] = [
      "channelCode": .text(1...40), "accountNumber": .text(5...30).and(.pattern("^[0-9]+$")),
      "accountHolder": .text(1...100),
    ]
  }

  private static let most = 5

  func handle(_ input: Input, context: Context) async throws -> Reply<BankAccountView> {
    try input.validate()
    let user = try context.requireUser()
    let work = context.ownWork(because: "add_bank_account")
    try await work.holdAccounts(of: user)
    let known = try await work.db.bankAccounts(of: user)
    guard known.count < Self.most else {
      throw Problem(409, "too_many_accounts", "There are \(Self.most) accounts already; remove one first.")
    }
    let id = context.newID()
    guard try await work.insert(input, id, of: user, isDefault: known.isEmpty) else {
      throw Problem(409, "account_exists", "This account is saved already.")
    }
    guard let account = try await work.db.bankAccount(id, of: user) else { throw Problem.notFound("bank account") }
    return Reply(BankAccountView(account), status: 201)
  }
}

extension AddBankAccount.Input {
  fileprivate func validate() throws {
    var validation = Validation()
    validation.require(PayoutChannels.codes.contains(channelCode), "channelCode", "is no channel that pays out")
    validation.text(accountNumber, "accountNumber", length: 5...30)
    let isDigits = accountNumber.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    validation.require(isDigits, "accountNumber", "must be digits alone")
    validation.text(accountHolder, "accountHolder", length: 1...100)
    try validation.finish()
  }
}

extension Work {
  /// - Returns: false when the user has this account already.
  fileprivate func insert(_ input: AddBankAccount.Input, _ id: ID, of user: ID, isDefault: Bool) async throws -> Bool {
    let key = BankAccountRecord.sealingKey
    let sealed = try context.seal(input.accountNumber, with: key, for: BankAccountRecord.place(id))
    let hash = try context.fingerprint("\(input.channelCode):\(input.accountNumber)", with: key)
    return try await db.run(
      """
      insert into bank_account (id, user_id, channel_code, account_number_enc, account_last4, account_hash,
        account_holder, is_default, usable_from, created_at, updated_at)
      values (\(id), \(user), \(input.channelCode), \(sealed), \(String(input.accountNumber.suffix(4))), \(hash),
        \(input.accountHolder), \(isDefault), \(now + WithdrawalPolicy.newAccount), \(now), \(now))
      on conflict (user_id, account_hash) where deleted_at is null do nothing
      """) == 1
  }
}
