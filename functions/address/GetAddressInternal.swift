import FunctionKit

/// Shows another service an address of the user that it acts for.
struct GetAddressInternal: Endpoint {
  struct Input: Decodable {
    var id: ID
    /// Whose it must be.
    var userId: ID
  }

  func handle(_ input: Input, context: Context) async throws -> SavedAddress {
    try await context.db.address(input.id, of: input.userId)
  }
}
