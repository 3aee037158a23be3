import FunctionKit

/// Tells whoever controls a seller what became of a product that was handed in.
struct NotifyProductDecision: EventHandler {
  struct Input: Decodable {
    var draftId: ID
    var productId: ID?
    var sellerUserId: ID
    var name: String
    var rejectionReason: String?
    var feedback: String?
  }

  func handle(_ product: Input, context: Context) async throws {
    try await context.tell(
      Announcement(
        userID: product.sellerUserId, relatedType: "product", relatedID: product.productId ?? product.draftId,
        values: known([
          "name": .text(product.name), "productId": product.productId.map(TemplateValue.id),
          "feedback": (product.feedback ?? product.rejectionReason).map(TemplateValue.text),
        ])))
  }
}
