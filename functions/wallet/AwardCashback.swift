import FunctionKit

/// Promises the cashback that a completed order has earned.
struct AwardCashback: EventHandler {
  struct Input: Decodable {
    var orderId: ID
    var userId: ID
    /// Rupiah.
    var totalAmount: Int
    var refundedAmount: Int
    var goodsNet: Int
    var items: [CompletedOrder.Item]
    var completedAt: Instant
  }

  func handle(_ input: Input, context: Context) async throws {
    let work = context.ownWork(because: "award_cashback")
    if input.refundedAmount >= input.totalAmount { try await work.refundAll(ofOrder: input.orderId, of: input.userId) }
    guard
      let ordinal = try await work.complete(order: input.orderId, of: input.userId, at: input.completedAt)
    else { return }
    try await work.award(
      for: CompletedOrder(
        id: input.orderId, user: input.userId, items: input.items, goods: input.goodsNet, ordinal: ordinal,
        completedAt: input.completedAt))
  }
}
