import FunctionKit

/// All that happened to the payments of an order, newest first.
struct GetOrderTransactions: Endpoint {
  struct Input: Decodable {
    var orderId: ID
  }

  func handle(_ input: Input, context: Context) async throws -> Page<TimelineEntry> {
    let newest = try await context.db.payment(ofOrder: input.orderId)
    try context.requireOwner(newest?.userId, of: "order")
    guard newest != nil else { throw Problem.notFound("order") }
    let payments: [ID] = try await context.db.all(
      "select id from payment where purpose = 'order' and reference_id = \(input.orderId)")
    let entries = try await context.db.timeline(
      of: payments, order: input.orderId, isForStaff: context.caller.isPrivileged)
    return Page(entries, nextCursor: nil)
  }
}
