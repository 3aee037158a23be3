import FunctionKit

/// Ends pushes to one of the user's devices, as when they log out there.
struct RemoveDevice: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> NoContent {
    let user = try context.owningUser()
    let removed = try await context.db.run("delete from device where id = \(input.id) and user_id = \(user)")
    guard removed == 1 else { throw Problem.notFound("device") }
    return NoContent()
  }
}
