import FunctionKit

/// Shows another service where a user's parcels go unless they say otherwise.
struct GetDefaultInternal: Endpoint {
  struct Input: Decodable {
    var userId: ID
  }

  func handle(_ input: Input, context: Context) async throws -> SavedAddress {
    try await context.db.defaultAddress(of: input.userId)
  }
}
