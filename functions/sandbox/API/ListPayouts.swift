import FunctionKit

/// Lists payouts, newest first.
struct ListPayouts: Endpoint {
  struct Input: Decodable, Limited {
    var referenceID: String?
    var limit: Int?
    var after: String?
    var before: String?

    static let limits: [String: FieldLimit] = ["limit": .range(PageOf.most, default: 10)]

    enum CodingKeys: String, CodingKey {
      case limit
      case referenceID = "reference_id"
      case after = "after_id"
      case before = "before_id"
    }
  }

  func handle(_ input: Input, context: Context) async throws -> Answer {
    try await Answer(to: context) {
      let page = try PageOf(input.limit, after: input.after, before: input.before)
      let found: [PayoutRecord] = try await context.db.all(
        """
        select \(PayoutRecord.columns) from payout
        where (\(input.referenceID)::text is null or reference_id = \(input.referenceID))
          and \(page.bounds(of: "payout"))
        order by \(page.order(of: "payout")) limit \(page.limit + 1)
        """)
      return ["data": .array(page.cut(found).map(\.object)), "has_more": .bool(found.count > page.limit)]
    }
  }
}
