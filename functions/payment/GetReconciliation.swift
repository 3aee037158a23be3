import FunctionKit

/// Shows a day with where it differs, a part of that at a time.
struct GetReconciliation: Endpoint {
  struct Input: Decodable, Limited {
    var id: ID
    /// Of the items.
    var limit: Int?
    /// The `nextItems` of the part before.
    var cursor: String?

    static let limits: [String: FieldLimit] = ["limit": Paging.limit]
  }

  func handle(_ input: Input, context: Context) async throws -> ReconciliationView {
    guard let run = try await context.db.reconciliation(input.id) else { throw Problem.notFound("reconciliation") }
    return try await ReconciliationView.load(run, from: context.db, limit: input.limit, cursor: input.cursor)
  }
}
