import FunctionKit

/// The days that were reconciled, latest first.
struct ListReconciliations: Endpoint {
  struct Input: Decodable, Limited {
    var status: ReconciliationStatus?
    var from: BusinessDay?
    /// Included.
    var to: BusinessDay?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["limit": Paging.limit]
  }

  func handle(_ input: Input, context: Context) async throws -> Page<ReconciliationSummary> {
    let paging = try PagingBy<BusinessDay>("reconciliations", limit: input.limit, cursor: input.cursor)
    let rows: [ReconciliationRun] = try await context.db.all(Self.statement(input, paging))
    return paging.page(rows, by: \.reconDate, ReconciliationSummary.init)
  }

  static func statement(_ input: Input, _ paging: PagingBy<BusinessDay>) -> SQL {
    var conditions = SQL.equal("status", input.status)
    if let from = input.from { conditions.append("recon_date >= \(from)::date") }
    if let to = input.to { conditions.append("recon_date <= \(to)::date") }
    if let before = paging.last { conditions.append("recon_date < \(before)::date") }
    return """
      select \(ReconciliationRun.columns) from reconciliation_run where \(.all(conditions))
      order by recon_date desc limit \(paging.fetch)
      """
  }
}
