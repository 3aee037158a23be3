import FunctionKit

/// A seller's settlements, newest first; finance sees everybody's.
struct ListSettlements: Endpoint {
  struct Input: Decodable, Limited {
    /// For finance; a seller sees their own.
    var sellerId: ID?
    var status: SettlementStatus?
    /// When it was made.
    var from: Instant?
    /// Not included.
    var to: Instant?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["limit": Paging.limit]
  }

  func handle(_ input: Input, context: Context) async throws -> Page<SettlementView> {
    let seller = try context.requireSeller(input.sellerId)
    let paging = try Paging("settlements", limit: input.limit, cursor: input.cursor)
    let found: [SettlementRecord] = try await context.db.all(input.statement(seller: seller, paging))
    return paging.page(found, id: \.id, SettlementView.init)
  }
}

extension ListSettlements.Input {
  /// Written for what is asked, so that each form has its index.
  func statement(seller: ID?, _ paging: Paging) -> SQL {
    let whose: SQL = seller.map { "seller_id = \($0)" } ?? "true"
    let state: SQL = status.map { "status = \($0)" } ?? "true"
    return """
      select \(SettlementRecord.columns) from settlement
      where \(whose) and \(state) and id < \(paging.before)
        and (\(from)::timestamptz is null or created_at >= \(from))
        and (\(to)::timestamptz is null or created_at < \(to))
      order by id desc limit \(paging.fetch)
      """
  }
}
