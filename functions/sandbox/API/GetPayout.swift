import FunctionKit

/// Shows a payout.
struct GetPayout: Endpoint {
  struct Input: Decodable {
    var id: String
  }

  func handle(_ input: Input, context: Context) async throws -> Answer {
    try await Answer(to: context) {
      guard let payout = try await context.db.payout(input.id) else { throw Refusal.noData }
      return payout.object
    }
  }
}
