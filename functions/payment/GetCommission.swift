import FunctionKit

/// Shows a commission to finance and to other services.
struct GetCommission: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> CommissionView {
    let found: CommissionRecord? = try await context.db.first(
      "select \(CommissionRecord.columns) from commission_ledger where id = \(input.id)")
    guard let found else { throw Problem.notFound("commission") }
    return CommissionView(found)
  }
}
