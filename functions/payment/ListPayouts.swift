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
    let found: [PayoutRecord] = try await context.db.all(
      """
      select \(PayoutRecord.columns) from payout
      where id < \(paging.before) and (\(input.kind)::text is null or kind = \(input.kind))
        and (\(input.status)::text is null or status = \(input.status))
      order by id desc limit \(paging.fetch)
      """)
    return paging.page(found, id: \.id, PayoutView.init)
  }
}
