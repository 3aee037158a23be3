import FunctionKit

extension Database {
  /// A page of refunds, newest first.
  /// - Parameter condition: whose.
  func refunds(
    _ condition: SQL, _ status: RefundStatus?, _ limit: Int?, _ cursor: String?
  ) async throws -> Page<RefundView> {
    let paging = try Paging("refunds", limit: limit, cursor: cursor)
    let found: [RefundRecord] = try await all(RefundRecord.page([condition] + SQL.equal("status", status), paging))
    return paging.page(found, id: \.id, RefundView.init)
  }
}

extension RefundRecord {
  static func page(_ conditions: [SQL], _ paging: Paging) -> SQL {
    """
    select \(columns) from refund
    where id < \(paging.before) and \(.all(conditions)) order by id desc limit \(paging.fetch)
    """
  }
}
