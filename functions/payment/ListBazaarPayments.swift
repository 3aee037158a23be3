import FunctionKit

/// What was or is to be paid to sellers for bazaars, newest first.
struct ListBazaarPayments: Endpoint {
  struct Input: Decodable, Limited {
    var sellerId: ID?
    var status: BazaarStatus?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["limit": Paging.limit]
  }

  func handle(_ input: Input, context: Context) async throws -> Page<BazaarView> {
    let paging = try Paging("bazaar_payments", limit: input.limit, cursor: input.cursor)
    let rows: [BazaarRecord] = try await context.db.all(Self.statement(input, paging))
    return paging.page(rows, id: \.id, BazaarView.init)
  }

  static func statement(_ input: Input, _ paging: Paging) -> SQL {
    let conditions = SQL.equal("seller_id", input.sellerId) + SQL.equal("status", input.status)
    return """
      select \(BazaarRecord.columns) from bazaar_sponsorship_payment
      where id < \(paging.before) and \(.all(conditions)) order by id desc limit \(paging.fetch)
      """
  }
}
