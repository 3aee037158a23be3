import FunctionKit

/// Shows the newest payment for an order: an order whose payment expired may have another one.
struct GetPaymentByOrder: Endpoint {
  struct Input: Decodable {
    var orderId: ID
  }

  func handle(_ input: Input, context: Context) async throws -> PaymentView {
    let payment = try await context.db.payment(ofOrder: input.orderId)
    try context.requireOwner(payment?.userId, of: "payment")
    guard let payment else { throw Problem.notFound("payment") }
    return try await PaymentView.load(payment, from: context.db)
  }
}
