import FunctionKit

/// All refunds, for support and finance, newest first.
struct ListAllRefunds: Endpoint {
  struct Input: Decodable, Limited {
    var userId: ID?
    var status: RefundStatus?
    var method: RefundMethod?
    var reason: RefundReason?
    /// When it was asked for.
    var from: Instant?
    /// Not included.
    var to: Instant?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["limit": Paging.limit]
  }

  func handle(_ input: Input, context: Context) async throws -> Page<RefundView> {
    let paging = try Paging("all_refunds", limit: input.limit, cursor: input.cursor)
    let rows: [RefundRecord] = try await context.db.all(Self.statement(input, paging))
    return paging.page(rows, id: \.id, RefundView.init)
  }

  static func statement(_ input: Input, _ paging: Paging) throws -> SQL {
    var conditions = try SQL.made(from: input.from, to: input.to)
    conditions += SQL.equal("user_id", input.userId) + SQL.equal("status", input.status)
    conditions += SQL.equal("method", input.method) + SQL.equal("reason", input.reason)
    return RefundRecord.page(conditions, paging)
  }
}
