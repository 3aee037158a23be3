import FunctionKit

/// What a user has put in, or wanted to, newest first.
struct ListTopUps: Endpoint {
  struct Input: Decodable, Limited {
    var status: TopUpStatus?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["limit": Paging.limit]
  }

  func handle(_ input: Input, context: Context) async throws -> Page<TopUpView> {
    let user = try context.requireUser()
    let paging = try Paging("topups", limit: input.limit, cursor: input.cursor)
    let rows: [TopUpRecord] = try await context.db.all(
      """
      select \(TopUpRecord.columns) from topup
      where wallet_id in (select id from wallet where user_id = \(user) and status <> 'suspended')
        and id < \(paging.before) and (\(input.status)::text is null or status = \(input.status))
      order by id desc limit \(paging.fetch)
      """)
    return paging.page(rows, id: \.id, TopUpView.init)
  }
}
