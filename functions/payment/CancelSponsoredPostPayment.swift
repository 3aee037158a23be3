import FunctionKit

/// Ends what is owed for a campaign that is not to be. What was paid for it stays: the advertisement service keeps it for
/// the advertiser, or asks for a refund.
struct CancelSponsoredPostPayment: EventHandler {
  struct Input: Decodable {
    var sponsoredPostId: ID
  }

  func handle(_ input: Input, context: Context) async throws {
    let work = context.ownWork(because: "sponsored_post_cancelled")
    try await work.holdOrders([input.sponsoredPostId])
    try await work.bury(post: input.sponsoredPostId)
    let live = try await work.db.livePayments(.sponsoredPost, of: [input.sponsoredPostId]).first
    guard let live, let payment = try await work.holdPayment(live), payment.status.isUnpaid else { return }
    // Money that has come is the advertiser's: it is taken as paid.
    if try await work.isCollected(payment) { return }
    try await work.cancelAlone(payment, reason: "sponsored_post_cancelled")
  }
}

extension Work {
  /// Keeps that a campaign was cancelled, so that what comes later finds it so.
  fileprivate func bury(post: ID) async throws {
    try await db.run(
      """
      insert into state_history (id, entity, entity_id, to_state, trigger, actor, created_at)
      values (\(context.newID()), 'sponsored_post', \(post), 'cancelled', \(trigger), \(actor), \(now))
      """)
  }

  func isBuried(post: ID) async throws -> Bool {
    try await db.one(
      """
      select exists (select from state_history
        where entity = 'sponsored_post' and entity_id = \(post) and to_state = 'cancelled')
      """)
  }
}
