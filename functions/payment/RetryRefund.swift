import FunctionKit

/// Tries a refund that came to nothing once more, the same way or another one.
struct RetryRefund: Endpoint {
  private static let trigger = "retry_refund"

  struct Input: Decodable {
    var id: ID
    /// Nil for the same way again.
    var method: RefundMethod?
    var bank: BankAccount?
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<RefundView> {
    try input.validate()
    try await context.work(because: Self.trigger) { work in
      guard let refund = try await work.holdRefund(input.id)?.refund else { throw Problem.notFound("refund") }
      guard refund.status == .failed else {
        throw Problem.invalidState("refund", from: refund.status.rawValue, to: RefundStatus.processing.rawValue)
      }
      try await work.redirect(refund, to: input.method ?? refund.method, input.bank)
    }
    try await context.sendRefund(input.id, because: Self.trigger)
    return try await RefundView.reply(input.id, from: context.db)
  }
}

extension RetryRefund.Input {
  fileprivate func validate() throws {
    var validation = Validation()
    validation.require(method != .originalPayment, "method", "must be wallet or bank_transfer, or left out")
    validation.require(bank == nil || method == .bankTransfer, "bank", "is for method bank_transfer")
    bank?.check("bank", &validation)
    try validation.finish()
  }
}
