import FunctionKit

/// What was said to the provider and what it answered, without what says who somebody is, newest first.
struct ListGatewayLogs: Endpoint {
  struct Input: Decodable, Limited {
    var invoiceId: ID?
    var refundId: ID?
    var payoutId: ID?
    /// Such as `create_invoice`.
    var action: String?
    var from: Instant?
    /// Not included.
    var to: Instant?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["limit": Paging.limit, "action": .text(actionLength)]
    static let actionLength = 1...60
  }

  struct Row: Codable, Sendable {
    enum Direction: String, Codable, Sendable, CaseIterable {
      case incoming = "in"
      case outgoing = "out"
    }

    var id: ID
    var direction: Direction
    var action: String
    var invoiceId: ID?
    var refundId: ID?
    var payoutId: ID?
    var method: String?
    var url: String?
    var request: JSON?
    var response: JSON?
    var responseStatus: Int?
    var durationMs: Int?
    var errorCode: String?
    var createdAt: Instant
  }

  func handle(_ input: Input, context: Context) async throws -> Page<Row> {
    let paging = try Paging("gateway_logs", limit: input.limit, cursor: input.cursor)
    let rows: [Row] = try await context.db.all(Self.statement(input, paging))
    return paging.page(rows, id: \.id) { $0 }
  }

  static func statement(_ input: Input, _ paging: Paging) throws -> SQL {
    var conditions = try SQL.made(from: input.from, to: input.to)
    conditions += SQL.equal("invoice_id", input.invoiceId) + SQL.equal("refund_id", input.refundId)
    conditions += SQL.equal("payout_id", input.payoutId) + SQL.equal("action", input.action)
    return """
      select id, direction, action, invoice_id, refund_id, payout_id, method, url, request, response, response_status,
        duration_ms, error_code, created_at
      from gateway_log where id < \(paging.before) and \(.all(conditions)) order by id desc limit \(paging.fetch)
      """
  }
}
