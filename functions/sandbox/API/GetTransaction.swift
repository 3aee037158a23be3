import FunctionKit

/// Shows one movement of money.
struct GetTransaction: Endpoint {
  struct Input: Decodable {
    var id: String
  }

  func handle(_ input: Input, context: Context) async throws -> Answer {
    try await Answer(to: context) {
      let found: TransactionRecord? = try await context.db.first(
        "select \(TransactionRecord.columns) from txn where id = \(input.id)")
      guard let found else { throw Refusal.noData }
      return found.object(at: context.now)
    }
  }
}
