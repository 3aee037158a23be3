import FunctionKit

/// Opens the invoice of a campaign, by the channel that the advertiser chooses.
struct PaySponsoredPost: Endpoint {
  private static let trigger = "pay_sponsored_post"

  struct Input: Decodable, Limited {
    var sponsoredPostId: ID
    var channel: String?
    var walletAmount: Int?

    static let limits: [String: FieldLimit] = ["walletAmount": .range(amounts)]
    fileprivate static let amounts = 0...2_000_000_000
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<SingleBillView> {
    let key = try context.requireIdempotencyKey()
    var validation = Validation()
    validation.range(input.walletAmount, "walletAmount", Input.amounts)
    try validation.finish()
    let post = try await context.db.sponsoredPostPayment(input.sponsoredPostId)
    try context.requireOwner(post?.userId, of: "sponsored post")
    guard let post, let payment = try await context.db.payment(post.paymentId) else {
      throw Problem.notFound("sponsored post")
    }
    var request = BillRequest(post: post.sponsoredPostId, user: post.userId, budget: post.budgetAmount)
    request.channel = input.channel
    request.walletAmount = input.walletAmount ?? 0
    request.expiresAt = payment.expiresAt
    let isKnown = try await context.db.isMade(by: Self.key(key, post))
    guard isKnown || payment.mayBePaid(at: context.now) else {
      throw Problem.invalidState("payment", from: payment.status.rawValue, to: "awaiting_payment")
    }
    let bill = try await context.open(request, key: Self.key(key, post), because: Self.trigger)
    return try await SingleBillView.reply(to: bill.payments, from: context.db)
  }

  private static func key(_ key: String, _ post: SponsoredPostPayment) -> String { "\(post.userId):\(key)" }
}

extension PaymentRecord {
  fileprivate func mayBePaid(at now: Instant) -> Bool {
    (status.isUnpaid || status == .failed) && holdState != .due && expiresAt > now
  }
}
