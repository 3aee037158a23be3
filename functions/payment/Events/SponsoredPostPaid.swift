import FunctionKit

/// A campaign's budget is there.
struct SponsoredPostPaid: Event {
  static let type = "sponsored_post.paid"

  var sponsoredPostId: ID
  var paymentId: ID
  var sellerId: ID?
  var userId: ID
  /// The budget, without the fee; rupiah.
  var amount: Int
  var paidAt: Instant

  var subject: String { sponsoredPostId.description }

  init(_ post: SponsoredPostPayment, at paidAt: Instant) {
    sponsoredPostId = post.sponsoredPostId
    paymentId = post.paymentId
    sellerId = post.sellerId
    userId = post.userId
    amount = post.budgetAmount
    self.paidAt = paidAt
  }
}
