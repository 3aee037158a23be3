import FunctionKit

extension Database {
  private static let list = "refunds"

  /// A page of refunds, newest first.
  /// - Parameter condition: whose.
  func refunds(
    _ condition: SQL, _ status: RefundStatus?, _ limit: Int?, _ cursor: String?
  ) async throws -> Page<RefundView> {
    var validation = Validation()
    validation.range(limit, "limit", 1...100)
    try validation.finish()
    let (limit, after) = (limit ?? 20, try Self.position(cursor))
    var found: [RefundRecord] = try await all(
      """
      select \(RefundRecord.columns) from refund
      where \(condition) and id < coalesce(\(after)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
        and (\(status)::text is null or status = \(status))
      order by id desc limit \(limit + 1)
      """)
    let hasMore = found.count > limit
    if hasMore { found.removeLast() }
    let next = hasMore ? found.last.map { Cursor.text(list: Self.list, position: $0.id.description) } : nil
    return Page(found.map(RefundView.init), nextCursor: next)
  }

  private static func position(_ cursor: String?) throws -> ID? {
    guard let cursor = try Cursor(cursor, list: list) else { return nil }
    guard let id = ID(cursor.position) else {
      throw Problem(400, "invalid_cursor", "This cursor does not belong to this list; start again without one.")
    }
    return id
  }
}
