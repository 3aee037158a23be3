import FunctionKit

/// A row of `sponsored_post_payment`: what an advertiser pays for one post's campaign.
struct SponsoredPostPayment: Decodable, Sendable, Equatable {
  var sponsoredPostId: ID
  var sellerId: ID?
  var userId: ID
  var budgetAmount: Int
  var paymentId: ID
  var status: Status

  enum Status: String, Codable, SQLValue, Sendable { case pending, paid, expired, cancelled, failed, refunded }

  static let columns: SQL = "sponsored_post_id, seller_id, user_id, budget_amount, payment_id, status"
}

extension Database {
  func sponsoredPostPayment(_ post: ID) async throws -> SponsoredPostPayment? {
    try await first(
      "select \(SponsoredPostPayment.columns) from sponsored_post_payment where sponsored_post_id = \(post)")
  }
}

extension Work {
  /// Keeps what became of a campaign's payment; nothing when another payment has taken its place.
  /// - Returns: nil then.
  @discardableResult
  func note(
    _ status: SponsoredPostPayment.Status, ofPost payment: PaymentRecord, paidAt: Instant? = nil
  ) async throws -> SponsoredPostPayment? {
    try await db.first(
      """
      update sponsored_post_payment set status = \(status), paid_at = coalesce(\(paidAt)::timestamptz, paid_at),
        updated_at = \(now)
      where payment_id = \(payment.id) returning \(SponsoredPostPayment.columns)
      """)
  }

  /// Nothing for a payment of something else.
  func noteRefund(ofPost payment: ID) async throws {
    try await db.run(
      """
      update sponsored_post_payment set status = 'refunded', updated_at = \(now)
      where payment_id = \(payment) and status = 'paid'
      """)
  }

  /// Another payment is to pay the campaign from now on.
  func replace(paymentOfPost payment: PaymentRecord) async throws {
    try await db.run(
      """
      update sponsored_post_payment set payment_id = \(payment.id), status = 'pending', updated_at = \(now)
      where sponsored_post_id = \(payment.referenceId)
      """)
  }
}
