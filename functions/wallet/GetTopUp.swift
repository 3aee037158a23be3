import FunctionKit

/// One of a user's own top-ups, and where to pay it.
struct GetTopUp: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> TopUpBill {
    guard let found = try await context.db.topUp(input.id, ofUser: context.owningUser()) else {
      throw Problem.notFound("top-up")
    }
    return TopUpBill(found)
  }
}
