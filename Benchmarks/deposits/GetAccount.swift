import FunctionKit

/// The least that an endpoint with a database can do: one row by its primary key.
struct GetAccount: Endpoint {
  struct Input: Decodable {
    var id: Int
  }

  struct Account: Codable, Sendable {
    var id: Int
    var total: Int
    var deposits: Int
  }

  func handle(_ input: Input, context: Context) async throws -> Account {
    let account: Account? = try await context.db.first(
      "select id, total, deposits from account where id = \(input.id)")
    guard let account else { throw Problem.notFound("account") }
    return account
  }
}
