import FunctionKit

/// One of the caller's addresses.
struct GetAddress: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<SavedAddress> {
    let address = try await context.db.address(input.id, of: context.owningUser())
    return Reply(address).version(address.version)
  }
}
