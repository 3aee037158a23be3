import FunctionKit

/// All that happened to a payment: states, calls to the provider, refunds and journals, newest first.
struct GetPaymentTransactions: Endpoint {
  struct Input: Decodable {
    var paymentId: ID
  }

  func handle(_ input: Input, context: Context) async throws -> Page<TimelineEntry> {
    let payment = try await context.db.payment(input.paymentId)
    try context.requireOwner(payment?.userId, of: "payment")
    guard let payment else { throw Problem.notFound("payment") }
    let entries = try await context.db.timeline(
      of: [payment.id], order: nil, isForStaff: context.caller.isPrivileged)
    return Page(entries, nextCursor: nil)
  }
}
