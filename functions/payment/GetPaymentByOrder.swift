import FunctionKit

/// Shows the newest payment for an order: an order whose payment expired may have another one. A question changes nothing,
/// so that it is another request that asks the provider first.
struct GetPaymentByOrder: Endpoint {
  struct Input: Decodable {
    var orderId: ID
    /// Asks the provider first.
    var sync: Bool?
  }

  func handle(_ input: Input, context: Context) async throws -> Ready<PaymentView> {
    let payment = try await context.db.shownPayment(ofOrder: input.orderId)
    try context.requireOwner(payment?.userId, of: "payment")
    guard let payment else { throw Problem.notFound("payment") }
    guard input.sync == true else { return payment.shown }
    try await context.syncElsewhere(payment.id)
    return try await context.db.shownPayment(ofOrder: input.orderId)?.shown ?? payment.shown
  }
}

extension Context {
  /// One that was asked after a moment ago is not asked after again.
  fileprivate func syncElsewhere(_ payment: ID) async throws {
    do {
      try await services.sync(payment: payment)
    } catch let error as ServiceError where error.status == 429 {
      return
    } catch let error as ServiceError {
      log.warning("payment \(payment) can't be synced: \(error)")
      throw Problem(
        503, "gateway_unavailable", "The provider does not say what became of it; try again.", retryAfter: 10)
    }
  }
}

extension Services {
  fileprivate func sync(payment id: ID) async throws {
    try await call("payment", .post, "/payments/\(id)/sync", body: Nothing(), timeout: .seconds(8), as: Nothing.self)
  }
}
