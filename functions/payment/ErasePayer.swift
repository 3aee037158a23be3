import FunctionKit

/// Forgets who a deleted user was and how they paid. What was paid, and under which ids, the books keep.
struct ErasePayer: EventHandler {
  struct Input: Decodable {
    var userId: ID
  }

  func handle(_ input: Input, context: Context) async throws {
    let work = context.ownWork(because: "user_deleted")
    try await work.db.run(
      """
      update payment set customer = '{}', updated_at = \(work.now) where user_id = \(input.userId) and customer <> '{}'
      """)
    try await work.eraseMethods(of: input.userId)
  }
}
