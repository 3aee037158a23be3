import FunctionKit

/// A broadcast, and how far it is.
struct GetBroadcast: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> BroadcastView {
    try await context.db.broadcast(input.id)
  }
}
