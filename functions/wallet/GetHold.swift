import FunctionKit

/// Finds the latest hold for something, for a caller that does not know what became of its request.
struct GetHold: Endpoint {
  struct Input: Decodable {
    var purpose: HoldPurpose
    var referenceId: ID
  }

  func handle(_ input: Input, context: Context) async throws -> HoldView {
    guard let hold = try await context.db.hold(for: input.purpose, input.referenceId) else {
      throw Problem.notFound("hold")
    }
    return HoldView(hold)
  }
}
