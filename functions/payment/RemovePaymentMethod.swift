import FunctionKit

/// Forgets a way to pay, and its token for good.
struct RemovePaymentMethod: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> NoContent {
    let user = try context.owningUser()
    let work = context.ownWork(because: "remove_payment_method")
    try await work.holdMethods(of: user)
    guard let method = try await work.db.method(input.id, of: user) else { throw Problem.notFound("payment method") }
    try await work.eraseMethods(of: user, only: method.id)
    if method.isDefault, let next = try await work.db.methods(of: user).first {
      try await work.makeDefault(method: next.id, of: user)
    }
    return NoContent()
  }
}
