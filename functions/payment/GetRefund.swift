import FunctionKit

/// Shows a refund to the buyer, to support and finance, and to other services.
struct GetRefund: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<RefundView> {
    try await context.requireOwner(context.db.refund(input.id)?.userId, of: "refund")
    return try await RefundView.reply(input.id, from: context.db)
  }
}
