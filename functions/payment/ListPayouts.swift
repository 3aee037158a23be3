import FunctionKit

/// All payouts for finance, newest first.
struct ListPayouts: Endpoint {
  struct Input: Decodable, Limited {
    var kind: PayoutKind?
    var status: PayoutStatus?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["limit": Paging.limit]
  }

  func handle(_ input: Input, context: Context) async throws -> Page<PayoutView> {
    let paging = try Paging("payouts", limit: input.limit, cursor: input.cursor)
    let found: [PayoutRecord] = try await context.db.all(Self.statement(input, paging))
    return paging.page(found, id: \.id, PayoutView.init)
  }

  static func statement(_ input: Input, _ paging: Paging) -> SQL {
    let conditions = SQL.equal("kind", input.kind) + SQL.equal("status", input.status)
    return """
      select \(PayoutRecord.columns) from payout
      where id < \(paging.before) and \(.all(conditions)) order by id desc limit \(paging.fetch)
      """
  }
}
