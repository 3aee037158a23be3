import FunctionKit

/// Lets the next settlement pay a sale whose order is completed.
struct CompleteCommissionOnOrder: EventHandler {
  struct Input: Decodable {
    var orderId: ID
    /// Nil for the house brand, which owes nothing.
    var sellerId: ID?
    /// Rupiah: what the seller has sold, less what was returned.
    var commissionBase: Int
    var completedAt: Instant
  }

  func handle(_ input: Input, context: Context) async throws {
    guard let seller = input.sellerId else { return }
    guard input.commissionBase >= 0 else { throw Problem.invalid("commissionBase", "must not be less than nothing") }
    let work = context.ownWork(because: "order_completed")
    try await work.hear(
      SaleNews(
        kind: .completed, orderId: input.orderId, sellerId: seller, at: input.completedAt,
        commissionBase: input.commissionBase))
  }
}
