import FunctionKit

/// Tells sellers of their standing, their payouts and their stock.
struct NotifySeller: EventHandler {
  struct Input: Decodable {
    var sellerId: ID
    var userId: ID
    var brandName: String?
    var reason: String?
    /// Rupiah.
    var netAmount: Int?
    var scheduledFor: String?
    var productId: ID?
    var available: Int?
  }

  func handle(_ seller: Input, context: Context) async throws {
    try await context.tell(
      Announcement(
        userID: seller.userId, relatedType: "seller", relatedID: seller.sellerId,
        values: known([
          "name": seller.brandName.map(TemplateValue.text), "reason": seller.reason.map(TemplateValue.text),
          "amount": seller.netAmount.map(TemplateValue.rupiah), "date": seller.scheduledFor.map(TemplateValue.text),
          "productId": seller.productId.map(TemplateValue.id), "stock": seller.available.map { .text(String($0)) },
        ])))
  }
}
