import FunctionKit

/// What the sellers of an order owe for it: at most one commission each.
struct ListOrderCommissions: Endpoint {
  struct Input: Decodable {
    var orderId: ID
  }

  func handle(_ input: Input, context: Context) async throws -> Page<CommissionView> {
    let found: [CommissionRecord] = try await context.db.all(
      "select \(CommissionRecord.columns) from commission_ledger where order_id = \(input.orderId) order by id desc")
    return Page(found.map(CommissionView.init), nextCursor: nil)
  }
}
