import FunctionKit

/// Tells the buyer of a delivery that failed, and the seller of a shipment that is overdue.
struct NotifyShipmentTrouble: EventHandler {
  struct Input: Decodable {
    var shipmentId: ID
    var orderId: ID
    var userId: ID?
    var sellerId: ID?
    var failureReason: String?
  }

  func handle(_ shipment: Input, context: Context) async throws {
    guard let user = try await shipment.recipient(context) else { return }
    try await context.tell(
      Announcement(
        userID: user, relatedType: "order", relatedID: shipment.orderId,
        values: known(["orderId": .id(shipment.orderId), "reason": shipment.failureReason.map(TemplateValue.text)])))
  }
}

extension NotifyShipmentTrouble.Input {
  fileprivate func recipient(_ context: Context) async throws -> ID? {
    if let userId { return userId }
    guard let sellerId else { return nil }
    return try await context.asking { try await context.services.user(ofSeller: sellerId) }
  }
}
