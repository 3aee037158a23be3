import FunctionKit

/// Records what an advertiser owes for a campaign, unless another purse pays it.
struct CreateSponsoredPostPayment: EventHandler {
  struct Input: Decodable {
    var sponsoredPostId: ID
    var postId: ID?
    var sellerId: ID?
    var userId: ID
    /// Rupiah.
    var budget: Int
    var fundingSource: String?
    var paymentDueAt: Instant
  }

  func handle(_ input: Input, context: Context) async throws {
    guard input.fundingSource ?? "gateway" == "gateway" else { return }
    guard (1...1_000_000_000).contains(input.budget) else {
      throw Problem(422, "amount_out_of_range", "A budget of Rp \(input.budget) can't be collected.")
    }
    let work = context.ownWork(because: "sponsored_post_created")
    try await work.holdOrders([input.sponsoredPostId])
    guard try await work.db.sponsoredPostPayment(input.sponsoredPostId) == nil else { return }
    guard try await !work.isBuried(post: input.sponsoredPostId) else { return }
    try await work.insert(input)
  }
}

extension BillRequest {
  /// What a campaign's budget comes to.
  init(post: ID, user: ID, budget: Int) {
    self.init(
      purpose: .sponsoredPost, userId: user,
      parts: [.init(reference: post, lines: [.init(merchandiseAmount: budget)])], customer: Customer())
  }
}

extension Work {
  fileprivate func insert(_ post: CreateSponsoredPostPayment.Input) async throws {
    let request = BillRequest(post: post.sponsoredPostId, user: post.userId, budget: post.budget)
    let charge = try await price(request).orders[0]
    let payment = try await insert(
      NewPayment(
        part: request.parts[0], amounts: charge.amounts, lines: charge.lines, wallet: 0,
        key: "sponsored_post_created:\(post.sponsoredPostId)", bill: context.newID(), invoice: nil,
        expiresAt: post.paymentDueAt),
      of: request)
    try await db.run(
      """
      insert into sponsored_post_payment (id, sponsored_post_id, post_id, seller_id, user_id, budget_amount, payment_id,
        created_at, updated_at)
      values (\(context.newID()), \(post.sponsoredPostId), \(post.postId), \(post.sellerId), \(post.userId),
        \(post.budget), \(payment.id), \(now), \(now))
      """)
  }
}
