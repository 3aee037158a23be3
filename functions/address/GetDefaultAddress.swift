import FunctionKit

/// Where the caller's parcels go unless they say otherwise.
struct GetDefaultAddress: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Reply<SavedAddress> {
    let address = try await context.db.defaultAddress(of: context.requireUser())
    return Reply(address).version(address.version)
  }
}
