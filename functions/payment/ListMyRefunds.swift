import FunctionKit

/// A buyer's own refunds, newest first.
struct ListMyRefunds: Endpoint {
  struct Input: Decodable, Limited {
    var status: RefundStatus?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["limit": Paging.limit]
  }

  func handle(_ input: Input, context: Context) async throws -> Page<RefundView> {
    let user = try context.owningUser()
    return try await context.db.refunds("user_id = \(user)", input.status, input.limit, input.cursor)
  }
}
