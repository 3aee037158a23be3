import FunctionKit

/// Tells the buyer that an order has arrived.
struct NotifyOrderDelivered: EventHandler {
  struct Input: Decodable {
    var orderId: ID
    var orderNumber: String
    var userId: ID
  }

  func handle(_ order: Input, context: Context) async throws {
    try await context.tell(
      Announcement(
        userID: order.userId, relatedType: "order", relatedID: order.orderId,
        values: ["orderId": .id(order.orderId), "orderNumber": .text(order.orderNumber)]))
  }
}
