import FunctionKit

/// Takes a top-up back that is not paid. The payment service is asked first: it knows whether money has come.
struct CancelTopUp: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> TopUpView {
    let user = try context.owningUser()
    guard let found = try await context.db.topUp(input.id, ofUser: user) else { throw Problem.notFound("top-up") }
    if found.status == .cancelled { return TopUpView(found) }
    guard found.status == .pending else {
      throw Problem.invalidState(TopUpStatus.entity, from: found.status.rawValue, to: "cancelled")
    }
    if let payment = found.paymentId { try await cancel(payment, context) }
    return try await context.work(because: "cancel_topup") { work in
      guard let (topUp, _) = try await work.lock(topUp: found.id) else { throw Problem.notFound("top-up") }
      if topUp.status != .cancelled { try await work.set(topUp, to: .cancelled) }
      return try await TopUpView(work.db.topUp(found.id, ofUser: user) ?? topUp)
    }
  }

  private func cancel(_ payment: ID, _ context: Context) async throws {
    do {
      try await context.services.cancel(payment: payment)
    } catch let error as ServiceError where error.isRefusal {
      throw Problem(409, error.code, "The top-up can't be cancelled any more: \(error.detail)")
    } catch let error as ServiceError {
      context.log.warning("payment \(payment) could not be cancelled: \(error)")
      throw Problem(503, "payment_unavailable", "The payment service can't be reached; try again.", retryAfter: 5)
    }
  }
}
