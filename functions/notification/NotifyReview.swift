import FunctionKit

/// Asks a buyer for a review, once per order and day, and tells what became of one.
struct NotifyReview: EventHandler {
  struct Input: Decodable {
    var userId: ID
    var productId: ID
    var orderId: ID?
    var productName: String?
    var reviewId: ID?
    var reason: String?
    /// Where the buyer is asked.
    var channel: String?
  }

  func handle(_ review: Input, context: Context) async throws {
    guard let event = context.event else { return }
    var told = Announcement(
      userID: review.userId, relatedType: review.orderId == nil ? "review" : "order",
      relatedID: review.reviewId ?? review.orderId,
      values: known([
        "productId": .id(review.productId), "orderId": review.orderId.map(TemplateValue.id),
        "name": review.productName.map(TemplateValue.text), "reason": review.reason.map(TemplateValue.text),
      ]))
    if let order = review.orderId {
      told.occasion = "review_request:\(order):\((event.time.seconds + CivilTime.jakartaOffset) / 86_400)"
      told.channels = review.channel.flatMap(Channel.init).map { [$0] }
    }
    try await context.tell(told)
  }
}
