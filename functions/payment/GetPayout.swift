import FunctionKit

/// Shows what became of a payout, to who has asked for it.
struct GetPayout: Endpoint {
  struct Input: Decodable {
    var kind: PayoutKind
    var referenceId: ID
  }

  func handle(_ input: Input, context: Context) async throws -> PayoutView {
    guard let payout = try await context.db.payout(input.kind, of: input.referenceId) else {
      throw Problem.notFound("payout")
    }
    return PayoutView(payout)
  }
}
