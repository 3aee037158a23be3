import FunctionKit

/// A user's payments, newest first.
struct ListMyPayments: Endpoint {
  struct Input: Decodable, Limited {
    var status: PaymentStatus?
    var purpose: Purpose?
    var from: Instant?
    var to: Instant?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["limit": Paging.limit]
    fileprivate static let longest: Duration = .days(366)
  }

  func handle(_ input: Input, context: Context) async throws -> Page<Ready<PaymentView>> {
    let user = try context.requireUser()
    try input.validate()
    let paging = try Paging("my_payments", limit: input.limit, cursor: input.cursor)
    let found: [ShownPayment] = try await context.db.all(input.statement(of: user, paging))
    return paging.page(found, id: \.id, \.shown)
  }
}

extension ListMyPayments.Input {
  func statement(of user: ID, _ paging: Paging) -> SQL {
    """
    select \(ShownPayment.columns) from payment
    where user_id = \(user) and id < \(paging.before)
      and (\(status)::text is null or status = \(status))
      and (\(purpose)::text is null or purpose = \(purpose))
      and (\(from)::timestamptz is null or created_at >= \(from))
      and (\(to)::timestamptz is null or created_at < \(to))
    order by id desc limit \(paging.fetch)
    """
  }

  fileprivate func validate() throws {
    var validation = Validation()
    if let from, let to {
      validation.require(from < to, "to", "must be after from", code: "range")
      validation.require(to - from <= Self.longest, "to", "must be at most 366 days after from", code: "range")
    }
    try validation.finish()
  }
}
