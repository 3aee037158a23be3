import FunctionKit

/// Ends an unpaid payment. The provider is asked first, so that nothing it has collected is cancelled.
struct CancelPayment: Endpoint {
  private static let trigger = "cancel_payment"

  struct Input: Decodable, Limited {
    var id: ID
    var reason: String?

    static let limits: [String: FieldLimit] = ["reason": .text(reasons)]
    fileprivate static let reasons = 1...500
  }

  func handle(_ input: Input, context: Context) async throws -> Ready<PaymentView> {
    var validation = Validation()
    validation.text(input.reason, "reason", length: Input.reasons)
    try validation.finish()
    let found = try await context.db.payment(input.id)
    try context.requireOwner(found?.userId, of: "payment")
    guard let found else { throw Problem.notFound("payment") }
    if found.status == .cancelled { return try await context.db.shown(found) }
    try found.status.mustAllow(.cancelled)
    try await context.sync(found, because: Self.trigger)
    try await context.work(because: Self.trigger) { work in
      try await work.cancelUncollected(found, reason: input.reason ?? "cancelled")
    }
    if let invoice = try await context.db.invoice(found.invoiceId), invoice.status == .stale {
      try await context.closeAtGateway(invoice, because: Self.trigger)
    }
    if let bill = found.billId { try await context.releaseHolds(ofBill: bill, because: Self.trigger) }
    return try await context.db.shown(found)
  }
}

extension Work {
  /// - Throws: ``Problem`` 409 `already_collected` when its money has come, `invalid_state` when it has ended otherwise.
  fileprivate func cancelUncollected(_ payment: PaymentRecord, reason: String) async throws {
    guard let held = try await holdPayment(payment), held.status != .cancelled else { return }
    if held.paidAt != nil { throw Problem.alreadyCollected }
    try held.status.mustAllow(.cancelled)
    if try await isCollected(held) { throw Problem.alreadyCollected }
    try await cancelAlone(held, reason: reason)
  }
}

extension Problem {
  fileprivate static let alreadyCollected = Problem(
    409, "already_collected", "Money has come for this payment at this very moment; ask for a refund instead.")
}
