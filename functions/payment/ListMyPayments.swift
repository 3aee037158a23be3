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

    static let limits: [String: FieldLimit] = ["limit": .range(most, default: 20)]
    fileprivate static let most = 1...100
    fileprivate static let longest: Duration = .days(366)
  }

  private static let list = "my_payments"

  func handle(_ input: Input, context: Context) async throws -> Page<PaymentView> {
    let user = try context.requireUser()
    try input.validate()
    let (limit, after) = (input.limit ?? 20, try Self.position(input.cursor))
    let found: [PaymentRecord] = try await context.db.all(input.page(of: user, after: after, most: limit + 1))
    let shown = Array(found.prefix(limit))
    let next = found.count > limit ? shown.last.map { Cursor.text(list: Self.list, position: $0.id.description) } : nil
    return try await Page(PaymentView.load(shown, from: context.db), nextCursor: next)
  }

  private static func position(_ cursor: String?) throws -> ID? {
    guard let cursor = try Cursor(cursor, list: list) else { return nil }
    guard let id = ID(cursor.position) else {
      throw Problem(400, "invalid_cursor", "This cursor does not belong to this list; start again without one.")
    }
    return id
  }
}

extension ListMyPayments.Input {
  func page(of user: ID, after: ID?, most: Int) -> SQL {
    """
    select \(PaymentRecord.columns) from payment
    where user_id = \(user) and id < coalesce(\(after)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
      and (\(status)::text is null or status = \(status))
      and (\(purpose)::text is null or purpose = \(purpose))
      and (\(from)::timestamptz is null or created_at >= \(from))
      and (\(to)::timestamptz is null or created_at < \(to))
    order by id desc limit \(most)
    """
  }

  fileprivate func validate() throws {
    var validation = Validation()
    validation.range(limit, "limit", Self.most)
    if let from, let to {
      validation.require(from < to, "to", "must be after from", code: "range")
      validation.require(to - from <= Self.longest, "to", "must be at most 366 days after from", code: "range")
    }
    try validation.finish()
  }
}
