import FunctionKit

/// Says where money goes that can't go back the way it came: to the buyer's bank account, or to the wallet.
struct SetRefundAccount: Endpoint {
  private static let trigger = "set_refund_account"

  struct Input: Decodable {
    var id: ID
    var bank: BankAccount?
    /// Only `wallet`, in place of an account.
    var method: RefundMethod?
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<RefundView> {
    try await context.requireOwner(context.db.refund(input.id)?.userId, of: "refund")
    try input.validate()
    try await context.work(because: Self.trigger) { work in
      guard let refund = try await work.holdRefund(input.id)?.refund else { throw Problem.notFound("refund") }
      guard refund.awaitsAccount else {
        throw Problem(409, "invalid_state", "Refund \(refund.refundNumber) waits for no account.")
      }
      try await work.redirect(refund, to: input.method ?? .bankTransfer, input.bank)
    }
    try await context.sendRefund(input.id, because: Self.trigger)
    return try await RefundView.reply(input.id, from: context.db)
  }
}

extension SetRefundAccount.Input {
  fileprivate func validate() throws {
    var validation = Validation()
    validation.require((bank == nil) != (method == nil), "bank", "or method wallet is required, and not both")
    validation.require(method == nil || method == .wallet, "method", "must be wallet")
    bank?.check("bank", &validation)
    try validation.finish()
  }
}
