import FunctionKit

/// All rules that are not deleted, newest first.
struct ListCashbackRules: Endpoint {
  struct Input: Decodable, Limited {
    var activeOnly: Bool?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["limit": Paging.limit]
  }

  func handle(_ input: Input, context: Context) async throws -> Page<CashbackRule> {
    let paging = try Paging("cashback_rules", limit: input.limit, cursor: input.cursor)
    let rows: [CashbackRule] = try await context.db.all(
      """
      select \(CashbackRule.columns) from cashback_rule
      where deleted_at is null and id < \(paging.before) and (is_active or not \(input.activeOnly ?? false)::boolean)
      order by id desc limit \(paging.fetch)
      """)
    return paging.page(rows, id: \.id) { $0 }
  }
}
