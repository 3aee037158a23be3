import FunctionKit

/// The least that an event can bring about: one row changed, durably and once.
struct AddToTotal: EventHandler {
  struct Input: Decodable {
    var account: Int
    var amount: Int
  }

  func handle(_ deposit: Input, context: Context) async throws {
    try await context.db.run(
      "update account set total = total + \(deposit.amount), deposits = deposits + 1 where id = \(deposit.account)")
  }
}
