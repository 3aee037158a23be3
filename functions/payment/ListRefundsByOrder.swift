import FunctionKit

/// The refunds of an order, newest first, for whoever may see its payment.
struct ListRefundsByOrder: Endpoint {
  struct Input: Decodable, Limited {
    var orderId: ID
    var status: RefundStatus?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["limit": Paging.limit]
  }

  func handle(_ input: Input, context: Context) async throws -> Page<RefundView> {
    let payment = try await context.db.payment(ofOrder: input.orderId)
    try context.requireOwner(payment?.userId, of: "order")
    guard payment != nil else { throw Problem.notFound("order") }
    return try await context.db.refunds("order_id = \(input.orderId)", input.status, input.limit, input.cursor)
  }
}
