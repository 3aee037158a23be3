import FunctionKit

/// Tells the buyer that an order is on its way.
struct NotifyOrderShipped: EventHandler {
  struct Input: Decodable {
    var orderId: ID
    var orderNumber: String
    var userId: ID
    var courierCode: String
    var trackingNumber: String?
  }

  func handle(_ order: Input, context: Context) async throws {
    try await context.tell(
      Announcement(
        userID: order.userId, relatedType: "order", relatedID: order.orderId,
        values: known([
          "orderId": .id(order.orderId), "orderNumber": .text(order.orderNumber),
          "courier": .text(order.courierCode.uppercased()),
          "trackingNumber": order.trackingNumber.map(TemplateValue.text),
        ])))
  }
}
