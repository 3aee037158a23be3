import FunctionKit

/// Shows a refund.
struct GetRefund: Endpoint {
  struct Input: Decodable {
    var id: String
  }

  func handle(_ input: Input, context: Context) async throws -> Answer {
    try await Answer(to: context) {
      guard let refund = try await context.db.refund(input.id) else { throw Refusal.noData }
      return refund.object
    }
  }
}
