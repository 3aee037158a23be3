import FunctionKit

/// Ends what is owed for an order that is not to be, and gives back all that was paid for it.
struct CancelPaymentOnOrderCancelled: EventHandler {
  struct Input: Decodable {
    var orderId: ID
    /// Whether the courier had the goods.
    var wasShipped: Bool
  }

  func handle(_ input: Input, context: Context) async throws {
    let work = context.ownWork(because: "order_cancelled")
    try await work.holdOrders([input.orderId])
    try await work.buryOrder(input.orderId)
    guard let live = try await work.db.livePayments(.order, of: [input.orderId]).first else { return }
    guard let payment = try await work.holdPayment(live) else { return }
    if payment.status.isUnpaid {
      // Money that has come is given back once it is all there.
      if try await work.isCollected(payment) { return }
      try await work.cancelAlone(payment, reason: "order_cancelled")
    } else {
      try await work.refundCancelled(payment, wasShipped: input.wasShipped)
    }
  }
}
