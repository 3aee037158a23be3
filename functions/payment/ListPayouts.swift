import FunctionKit

/// All payouts for finance, newest first.
struct ListPayouts: Endpoint {
  struct Input: Decodable, Limited {
    var kind: PayoutKind?
    var status: PayoutStatus?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["limit": .range(most, default: 20)]
    static let most = 1...100
  }

  private static let list = "payouts"

  func handle(_ input: Input, context: Context) async throws -> Page<PayoutView> {
    var validation = Validation()
    validation.range(input.limit, "limit", Input.most)
    try validation.finish()
    let limit = input.limit ?? 20
    let after = try Self.position(input.cursor)
    let found: [PayoutRecord] = try await context.db.all(
      """
      select \(PayoutRecord.columns) from payout
      where (\(input.kind)::text is null or kind = \(input.kind))
        and (\(input.status)::text is null or status = \(input.status))
        and (\(after)::uuid is null or id < \(after)::uuid)
      order by id desc limit \(limit + 1)
      """)
    let shown = found.prefix(limit)
    let isMore = found.count > limit
    let next = isMore ? shown.last.map { Cursor.text(list: Self.list, position: $0.id.description) } : nil
    return Page(shown.map(PayoutView.init), nextCursor: next)
  }

  private static func position(_ cursor: String?) throws -> ID? {
    guard let cursor = try Cursor(cursor, list: list) else { return nil }
    guard let id = ID(cursor.position) else {
      throw Problem(400, "invalid_cursor", "This cursor does not belong to this list; start again without one.")
    }
    return id
  }
}
