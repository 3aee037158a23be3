import FunctionKit

/// Takes a withdrawal back that nobody has approved yet.
struct CancelWithdrawal: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> WithdrawalView {
    let user = try context.owningUser()
    let work = context.ownWork(because: "cancel_withdrawal")
    guard try await work.db.withdrawal(input.id, ofUser: user) != nil,
      let (withdrawal, wallet) = try await work.lock(withdrawal: input.id)
    else { throw Problem.notFound("withdrawal") }
    try await work.set(withdrawal, to: .cancelled)
    try await work.free(withdrawal, wallet)
    return try await WithdrawalView(work.db.withdrawal(input.id) ?? withdrawal)
  }
}
