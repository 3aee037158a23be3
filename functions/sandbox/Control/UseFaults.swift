import FunctionKit

/// The same from the page's buttons, and back to the page.
struct UseFaults: Endpoint {
  func handle(_ input: FaultChanges, context: Context) async throws -> CheckoutReply {
    try input.validate()
    try await context.db.apply(input)
    return .redirect("/sandbox")
  }
}
