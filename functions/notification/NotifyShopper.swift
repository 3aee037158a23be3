import FunctionKit

/// Tells a user what became of what was wished for, or was left in the cart.
struct NotifyShopper: EventHandler {
  struct Input: Decodable {
    var userId: ID
    var productId: ID?
    /// Rupiah.
    var oldPrice: Int?
    var newPrice: Int?
    var cartId: ID?
    var itemCount: Int?
    /// Rupiah.
    var cartValue: Int?
  }

  func handle(_ news: Input, context: Context) async throws {
    try await context.tell(
      Announcement(
        userID: news.userId, relatedType: news.cartId == nil ? "product" : "cart",
        relatedID: news.cartId ?? news.productId,
        values: known([
          "productId": news.productId.map(TemplateValue.id), "oldPrice": news.oldPrice.map(TemplateValue.rupiah),
          "newPrice": news.newPrice.map(TemplateValue.rupiah), "items": news.itemCount.map { .text(String($0)) },
          "amount": news.cartValue.map(TemplateValue.rupiah),
        ])))
  }
}
