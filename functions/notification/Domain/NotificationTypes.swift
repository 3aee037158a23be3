/// Everything that a message can be of.
enum NotificationTypes {
  static let all: Set<String> = [
    "order_created", "order_confirmed", "order_shipped", "order_delivered", "order_cancelled", "payment_pending",
    "payment_success", "payment_failed", "payment_expired", "refund_processed", "refund_rejected", "return_update",
    "review_request", "settlement_paid", "withdrawal_update", "price_drop", "back_in_stock", "promotion",
    "cart_abandoned", "post_liked", "post_commented", "post_saved", "post_shared", "new_follower",
    "mentioned_in_comment", "product_tagged", "seller_new_post", "comment_liked", "review_response", "seller_update",
    "ad_update", "ticket_update", "product_approved", "product_rejected", "content_moderated",
    "sponsored_post_completed", "low_stock", "ops_alert", "security_alert", "welcome", "system",
  ]
}
