import FunctionKit

/// Asks for a user's cash to be paid out to one of their bank accounts.
struct CreateWithdrawal: Endpoint {
  struct Input: Decodable, Limited {
    /// A buyer's unless said.
    var kind: WalletKind?
    var amount: Int
    var bankAccountId: ID

    static let limits: [String: FieldLimit] = ["amount": .range(WithdrawalPolicy.amounts)]
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<WithdrawalView> {
    let user = try context.requireUser()
    let work = context.ownWork(because: "create_withdrawal")
    let key = "\(user):\(context.idempotencyKey ?? "")"
    guard let found = try await work.db.wallet(input.kind ?? .buyer, ofUser: user) else {
      throw Problem.insufficientBalance(input.amount)
    }
    let wallet = try await work.lockWallet(found.id)
    if let known = try await work.withdrawal(key: key) { return Reply(WithdrawalView(known), status: 201) }
    try wallet.status.mustAllowSpending()
    guard WithdrawalPolicy.amounts.contains(input.amount) else { throw Problem.withdrawalOutOfRange }
    guard let account = try await work.db.bankAccount(input.bankAccountId, of: user) else {
      throw Problem.accountInvalid
    }
    let made = try await work.request(NewWithdrawal(amount: input.amount, account: account, key: key), from: wallet)
    return Reply(WithdrawalView(made), status: 201)
  }
}

extension Work {
  fileprivate func withdrawal(key: String) async throws -> WithdrawalRecord? {
    try await db.first(
      "select \(WithdrawalRecord.columns) from withdrawal_request where idempotency_key = \(key)")
  }
}

extension Problem {
  fileprivate static let withdrawalOutOfRange = Problem(
    422, "amount_out_of_range",
    "A withdrawal is of Rp \(WithdrawalPolicy.amounts.lowerBound) to \(WithdrawalPolicy.amounts.upperBound).")
}
