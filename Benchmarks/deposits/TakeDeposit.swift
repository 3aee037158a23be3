import FunctionKit

/// The usual shape of an endpoint that writes: one row changed and one event, in one transaction.
struct TakeDeposit: Endpoint {
  struct Input: Decodable {
    var account: Int
    var amount: Int
  }

  func handle(_ input: Input, context: Context) async throws -> Nothing {
    try await context.db.run(
      "update account set total = total + \(input.amount), deposits = deposits + 1 where id = \(input.account)")
    try await context.emit(DepositTaken(account: input.account, amount: input.amount))
    return Nothing()
  }
}
