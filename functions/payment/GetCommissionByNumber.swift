import FunctionKit

/// The same by the number that people read out.
struct GetCommissionByNumber: Endpoint {
  struct Input: Decodable {
    var number: String
  }

  func handle(_ input: Input, context: Context) async throws -> CommissionView {
    let found: CommissionRecord? = try await context.db.first(
      "select \(CommissionRecord.columns) from commission_ledger where ledger_number = \(input.number)")
    guard let found else { throw Problem.notFound("commission") }
    return CommissionView(found)
  }
}
