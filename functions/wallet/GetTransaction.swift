import FunctionKit

/// One movement of a user's own wallet.
struct GetTransaction: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> TransactionView {
    let user = try context.owningUser()
    let found: TransactionRecord? = try await context.db.first(
      """
      select \(TransactionRecord.columns) from wallet_transaction
      where id = \(input.id)
        and wallet_id in (select id from wallet where user_id = \(user) and status <> 'suspended')
      """)
    guard let found else { throw Problem.notFound("transaction") }
    return TransactionView(found)
  }
}
