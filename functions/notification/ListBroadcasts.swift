import FunctionKit

/// All broadcasts, newest first.
struct ListBroadcasts: Endpoint {
  struct Input: Decodable, Limited {
    var status: BroadcastStatus?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["limit": Paging.limit]
  }

  func handle(_ input: Input, context: Context) async throws -> Page<BroadcastView> {
    let paging = try Paging("broadcasts", limit: input.limit, cursor: input.cursor)
    let state: SQL = input.status.map { "status = \($0)" } ?? "true"
    let rows: [BroadcastView] = try await context.db.all(
      """
      select \(BroadcastView.columns) from broadcast where \(state) and id < \(paging.before)
      order by id desc limit \(paging.fetch)
      """)
    return paging.page(rows, id: \.id) { $0 }
  }
}
