import FunctionKit

/// One of a user's own withdrawals.
struct GetWithdrawal: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> WithdrawalView {
    let user = try context.owningUser()
    guard let found = try await context.db.withdrawal(input.id, ofUser: user) else {
      throw Problem.notFound("withdrawal")
    }
    return WithdrawalView(found)
  }
}
