import FunctionKit

extension Database {
  /// A page of refunds, newest first.
  /// - Parameter condition: whose.
  func refunds(
    _ condition: SQL, _ status: RefundStatus?, _ limit: Int?, _ cursor: String?
  ) async throws -> Page<RefundView> {
    let paging = try Paging("refunds", limit: limit, cursor: cursor)
    let found: [RefundRecord] = try await all(
      """
      select \(RefundRecord.columns) from refund
      where \(condition) and id < \(paging.before) and (\(status)::text is null or status = \(status))
      order by id desc limit \(paging.fetch)
      """)
    return paging.page(found, id: \.id, RefundView.init)
  }
}
