/// How money is sent back by the provider; the functions know no other way to reach it.
struct RefundGateway: Sendable {
  /// Asks for a refund. Asked again with the same reference, the provider gives the same one.
  var create: @Sendable (NewGatewayRefund) async throws -> RefundReport
  /// The refund of an invoice that has our reference. Never refused.
  var find: @Sendable (_ invoiceRef: String, _ referenceId: String) async throws -> RefundReport?
  var get: @Sendable (_ gatewayRef: String) async throws -> RefundReport
}

extension RefundGateway {
  /// Asks for a refund unless a call whose answer was lost has done so: a key may have been forgotten there meanwhile.
  func createOnce(_ refund: NewGatewayRefund, mayExist: Bool) async throws -> RefundReport {
    if mayExist, let found = try await find(refund.invoiceId, refund.referenceId) { return found }
    do {
      return try await create(refund)
    } catch GatewayFailure.refused(let code, let message) where Self.knowsKey.contains(code) {
      if let found = try await find(refund.invoiceId, refund.referenceId) { return found }
      throw GatewayFailure.unavailable("\(code): \(message)")
    }
  }

  /// What it says about a key that it has seen.
  private static let knowsKey = ["DUPLICATE_ERROR", "IDEMPOTENCY_ERROR"]
}
