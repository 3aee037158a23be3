import FunctionKit

/// What the provider told us without being asked, newest first.
struct ListWebhooks: Endpoint {
  struct Input: Decodable, Limited {
    var status: WebhookStatus?
    /// `xendit_invoice`, `xendit_refund` or `xendit_payout`.
    var kind: String?
    var reference: String?
    var from: Instant?
    /// Not included.
    var to: Instant?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = [
      "limit": Paging.limit, "kind": .text(kindLength), "reference": .text(referenceLength),
    ]
    static let kindLength = 1...40
    static let referenceLength = 1...64
  }

  func handle(_ input: Input, context: Context) async throws -> Page<WebhookView> {
    let paging = try Paging("webhooks", limit: input.limit, cursor: input.cursor)
    let rows: [WebhookView] = try await context.db.all(Self.statement(input, paging))
    return paging.page(rows, id: \.id, \.withoutPersons)
  }

  static func statement(_ input: Input, _ paging: Paging) throws -> SQL {
    var conditions = try SQL.made(from: input.from, to: input.to)
    conditions += SQL.equal("status", input.status) + SQL.equal("kind", input.kind)
    conditions += SQL.equal("reference", input.reference)
    return """
      select \(WebhookView.columns) from webhook_inbox
      where id < \(paging.before) and \(.all(conditions)) order by id desc limit \(paging.fetch)
      """
  }
}
