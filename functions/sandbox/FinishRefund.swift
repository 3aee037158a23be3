import FunctionKit

/// Gives money back, as the channel would, or fails to where it was told to.
struct FinishRefund: EventHandler {
  struct Input: Decodable {
    var refundId: String
  }

  func handle(_ input: Input, context: Context) async throws {
    guard let refund = try await context.db.lockedRefund(input.refundId), refund.status == .pending else { return }
    let code = try await context.db.faults().refundFailure
    try await context.ownTransaction.end(refund, as: code == nil ? .succeeded : .failed, code: code, context)
  }
}
