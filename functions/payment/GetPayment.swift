import FunctionKit

/// Shows a payment to its payer, to support and finance, and to other services.
struct GetPayment: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> Ready<PaymentView> {
    let payment = try await context.db.shownPayment(input.id)
    try context.requireOwner(payment?.userId, of: "payment")
    guard let payment else { throw Problem.notFound("payment") }
    return payment.shown
  }
}
