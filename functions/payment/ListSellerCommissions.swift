import FunctionKit

/// A seller's commissions, newest first.
struct ListSellerCommissions: Endpoint {
  struct Input: Decodable, Limited {
    var sellerId: ID
    var status: CommissionStatus?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["limit": Paging.limit]
  }

  func handle(_ input: Input, context: Context) async throws -> Page<CommissionView> {
    _ = try context.requireSeller(input.sellerId)
    let paging = try Paging("commissions", limit: input.limit, cursor: input.cursor)
    let found: [CommissionRecord] = try await context.db.all(input.statement(paging))
    return paging.page(found, id: \.id, CommissionView.init)
  }
}

extension ListSellerCommissions.Input {
  func statement(_ paging: Paging) -> SQL {
    """
    select \(CommissionRecord.columns) from commission_ledger
    where seller_id = \(sellerId) and id < \(paging.before) and (\(status)::text is null or status = \(status))
    order by id desc limit \(paging.fetch)
    """
  }
}
