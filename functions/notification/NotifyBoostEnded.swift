import FunctionKit

/// Tells the advertiser what a promotion has brought.
struct NotifyBoostEnded: EventHandler {
  struct Input: Decodable {
    var sponsoredPostId: ID
    var userId: ID
    /// Rupiah.
    var budget: Int
    var spent: Int
    var impressions: Int
    var clicks: Int
  }

  func handle(_ report: Input, context: Context) async throws {
    try await context.tell(
      Announcement(
        userID: report.userId, relatedType: "sponsored_post", relatedID: report.sponsoredPostId,
        values: [
          "sponsoredPostId": .id(report.sponsoredPostId), "budget": .rupiah(report.budget),
          "spent": .rupiah(report.spent), "impressions": .text(String(report.impressions)),
          "clicks": .text(String(report.clicks)),
        ]))
  }
}
