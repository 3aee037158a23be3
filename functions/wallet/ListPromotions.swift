import FunctionKit

/// All campaigns, newest first.
struct ListPromotions: Endpoint {
  struct Input: Decodable, Limited {
    var activeOnly: Bool?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["limit": Paging.limit]
  }

  func handle(_ input: Input, context: Context) async throws -> Page<CampaignView> {
    let paging = try Paging("promotions", limit: input.limit, cursor: input.cursor)
    let rows: [CampaignRecord] = try await context.db.all(
      """
      select \(CampaignRecord.columns) from promotional_credit
      where id < \(paging.before) and (is_active or not \(input.activeOnly ?? false)::boolean)
      order by id desc limit \(paging.fetch)
      """)
    return paging.page(rows, id: \.id, CampaignView.init)
  }
}
