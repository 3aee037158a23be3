import FunctionKit

/// Tells sellers what becomes of their promotions and campaigns.
struct NotifyAdvertiser: EventHandler {
  struct Input: Decodable {
    var sponsoredPostId: ID?
    var campaignId: ID?
    var sellerId: ID
    var userId: ID?
    var reason: String?
  }

  func handle(_ promotion: Input, context: Context) async throws {
    var user = promotion.userId
    if user == nil { user = try await context.asking { try await context.services.user(ofSeller: promotion.sellerId) } }
    guard let user else { return }
    try await context.tell(
      Announcement(
        userID: user, relatedType: promotion.campaignId == nil ? "sponsored_post" : "campaign",
        relatedID: promotion.sponsoredPostId ?? promotion.campaignId,
        values: known(["reason": promotion.reason.map(TemplateValue.text)])))
  }
}
