import FunctionKit

/// Gives back what an advertisement did not use, once per debit.
struct ReverseDebit: Endpoint {
  struct Input: Decodable, Limited {
    var transactionId: ID
    /// All of it unless said.
    var amount: Int?
    var reason: String

    static let limits: [String: FieldLimit] = ["reason": .text(3...500)]
  }

  func handle(_ input: Input, context: Context) async throws -> TransactionView {
    var validation = Validation()
    validation.text(input.reason, "reason", length: 3...500)
    try validation.finish()
    let work = context.ownWork(because: "reverse_debit")
    guard let debit = try await work.db.transaction(input.transactionId), debit.type == .adSpend else {
      throw Problem.notFound("debit")
    }
    let amount = input.amount ?? debit.amount
    guard (1...debit.amount).contains(amount) else {
      throw Problem.invalid("amount", "must be 1 to \(debit.amount)", code: "range")
    }
    return try await TransactionView(work.reverse(debit, amount, input.reason))
  }
}

extension Work {
  fileprivate func reverse(_ debit: TransactionRecord, _ amount: Int, _ reason: String) async throws
    -> TransactionRecord
  {
    let wallet = try await lockWallet(debit.walletId)
    let parts = Parts(cash: amount)
    let journal = Journal.credit(
      .adRefund, Journal.Reference(type: "wallet_transaction", id: debit.id), reason, to: wallet.id, parts)
    var movement = Movement(
      .adRefund, .credit, parts, journal,
      about: Journal.Reference(type: debit.referenceType, id: debit.referenceId))
    movement.reversesId = debit.id
    guard let made = try await move(wallet, movement) else {
      throw Problem(409, "already_reversed", "Debit \(debit.transactionNumber) was given back already.")
    }
    return made
  }
}
