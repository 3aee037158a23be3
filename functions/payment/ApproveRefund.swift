import FunctionKit

/// Consents to a refund that somebody has asked for, and sends the money. Support may up to a limit, finance beyond it.
struct ApproveRefund: Endpoint {
  private static let trigger = "approve_refund"

  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<RefundView> {
    let user = try context.requireUser()
    try await context.work(because: Self.trigger) { work in
      guard let held = try await work.holdRefund(input.id) else { throw Problem.notFound("refund") }
      try context.requireVersion(held.refund.version)
      try held.refund.status.mustAllow(.approved)
      try SupportLimit.require(held.refund.amount, of: context.caller)
      _ = try await work.approve(held.refund, by: user.description)
    }
    try await context.sendRefund(input.id, because: Self.trigger)
    return try await RefundView.reply(input.id, from: context.db)
  }
}
