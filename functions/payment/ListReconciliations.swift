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
    let paging = try DatePaging("reconciliations", limit: input.limit, cursor: input.cursor)
    var conditions: [SQL] = []
    if let status = input.status { conditions.append("status = \(status)") }
    if let from = input.from { conditions.append("recon_date >= \(from)::date") }
    if let to = input.to { conditions.append("recon_date <= \(to)::date") }
    if let before = paging.before { conditions.append("recon_date < \(before)::date") }
    let rows: [ReconciliationRun] = try await context.db.all(
      """
      select \(ReconciliationRun.columns) from reconciliation_run where \(SQL.all(conditions))
      order by recon_date desc limit \(paging.fetch)
      """)
    return paging.page(rows)
  }
}

/// Where a list of days goes on.
private struct DatePaging {
  let list: String
  let fetch: Int
  let before: BusinessDay?

  init(_ list: String, limit: Int?, cursor: String?) throws {
    var validation = Validation()
    validation.range(limit, "limit", Paging.most)
    try validation.finish()
    self.list = list
    fetch = (limit ?? 20) + 1
    guard let cursor = try Cursor(cursor, list: list) else {
      before = nil
      return
    }
    guard let day = BusinessDay(cursor.position) else { throw Problem.invalidCursor }
    before = day
  }

  func page(_ rows: [ReconciliationRun]) -> Page<ReconciliationSummary> {
    let shown = rows.prefix(fetch - 1)
    let next =
      rows.count == fetch ? shown.last.map { Cursor.text(list: list, position: $0.reconDate.description) } : nil
    return Page(shown.map(ReconciliationSummary.init), nextCursor: next)
  }
}
