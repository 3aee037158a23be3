import FunctionKit

/// Starts the time after which an order is asked for that nobody has told to be completed.
struct StartReturnWindow: EventHandler {
  struct Input: Decodable {
    var orderId: ID
    /// Nil for the house brand.
    var sellerId: ID?
    var deliveredAt: Instant
  }

  func handle(_ input: Input, context: Context) async throws {
    guard let seller = input.sellerId else { return }
    let work = context.ownWork(because: "order_delivered")
    try await work.hear(
      SaleNews(kind: .delivered, orderId: input.orderId, sellerId: seller, at: input.deliveredAt))
  }
}
