import FunctionKit

/// All payments, for support and finance, newest first.
struct ListAllPayments: Endpoint {
  struct Input: Decodable, Limited {
    var userId: ID?
    var status: PaymentStatus?
    var channel: String?
    /// When it was made.
    var from: Instant?
    /// Not included.
    var to: Instant?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["limit": Paging.limit, "channel": .text(channelLength)]
    static let channelLength = 1...40
  }

  func handle(_ input: Input, context: Context) async throws -> Page<Ready<PaymentView>> {
    let paging = try Paging("all_payments", limit: input.limit, cursor: input.cursor)
    let found: [ShownPayment] = try await context.db.all(Self.statement(input, paging))
    return paging.page(found, id: \.id, \.shown)
  }

  static func statement(_ input: Input, _ paging: Paging) throws -> SQL {
    var conditions = try SQL.made(from: input.from, to: input.to)
    conditions += SQL.equal("user_id", input.userId) + SQL.equal("status", input.status)
    conditions += SQL.equal("channel", input.channel)
    return """
      select \(ShownPayment.columns) from payment
      where id < \(paging.before) and \(.all(conditions)) order by id desc limit \(paging.fetch)
      """
  }
}
