import FunctionKit

/// How a user likes to pay, the newest first. There are ten at most, so they come all at once.
struct ListPaymentMethods: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> [MethodRecord] {
    try await context.db.methods(of: context.requireUser())
  }
}
