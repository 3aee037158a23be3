import FunctionKit

/// Agrees to an advertisement that somebody else has planned.
struct ApproveBroadcast: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> BroadcastView {
    let user = try context.requireUser()
    let work = context.ownWork
    guard let broadcast = try await work.lockBroadcast(input.id) else { throw Problem.notFound("broadcast") }
    try context.requireVersion(broadcast.version)
    try broadcast.status.mustAllow(.scheduled)
    guard broadcast.createdBy != user else {
      throw Problem(409, "same_approver", "Whoever planned an advertisement does not approve it.")
    }
    try await work.set(broadcast, to: .scheduled, because: "approve_broadcast", approvedBy: user)
    return try await work.db.broadcast(input.id)
  }
}
