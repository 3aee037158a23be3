import FunctionKit

/// Chooses the way to pay that is offered first.
struct SetDefaultPaymentMethod: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> MethodRecord {
    let user = try context.owningUser()
    let work = context.ownWork(because: "set_default_payment_method")
    try await work.holdMethods(of: user)
    guard try await work.db.method(input.id, of: user) != nil else { throw Problem.notFound("payment method") }
    try await work.makeDefault(method: input.id, of: user)
    guard let method = try await work.db.method(input.id, of: user) else { throw Problem.notFound("payment method") }
    return method
  }
}
