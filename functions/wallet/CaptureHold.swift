import FunctionKit

/// Takes what a payment needs of what was set aside for it.
struct CaptureHold: Endpoint {
  struct Input: Decodable {
    var id: ID
    /// All of it unless said.
    var amount: Int?
    var orderId: ID?
    var paymentId: ID
  }

  func handle(_ input: Input, context: Context) async throws -> ClosedHoldView {
    let work = context.ownWork(because: "capture_hold")
    guard let (hold, wallet) = try await work.lock(hold: input.id), hold.purpose == .payment else {
      throw Problem.notFound("hold")
    }
    let transaction = try await work.capture(
      input.amount ?? hold.amount, of: hold, wallet, payment: input.paymentId, order: input.orderId)
    return try await ClosedHoldView(
      hold: HoldView(work.db.hold(hold.id) ?? hold), transaction: transaction.map(TransactionView.init))
  }
}
