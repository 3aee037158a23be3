import FunctionKit

/// Tells the buyer, and whoever controls the seller, that an order was confirmed, cancelled or returned.
struct NotifyOrderChange: EventHandler {
  struct Input: Decodable {
    var orderId: ID
    /// Absent where the event is about a return only.
    var orderNumber: String?
    var userId: ID
    var sellerId: ID?
    /// Rupiah.
    var refundAmount: Int?
  }

  func handle(_ order: Input, context: Context) async throws {
    guard let event = context.event, let template = Self.templates[event.type] else { return }
    var told = [order.announcement(to: order.userId)]
    if let seller = order.sellerId,
      let user = try await context.asking({ try await context.services.user(ofSeller: seller) })
    {
      var toSeller = order.announcement(to: user)
      toSeller.template = template + "_seller"
      told.append(toSeller)
    }
    try await context.tell(told)
  }

  private static let templates = [
    "order.confirmed": "order_confirmed", "order.cancelled": "order_cancelled",
    "order.return_requested": "return_requested", "order.return_completed": "return_completed",
  ]
}

extension NotifyOrderChange.Input {
  fileprivate func announcement(to user: ID) -> Announcement {
    Announcement(
      userID: user, relatedType: "order", relatedID: orderId,
      values: known([
        "orderId": .id(orderId), "orderNumber": orderNumber.map(TemplateValue.text),
        "refundAmount": refundAmount.map(TemplateValue.rupiah),
      ]))
  }
}
