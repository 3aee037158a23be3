import FunctionKit

/// Has a message that failed tried again, at once or when its user's quiet hours are over. It goes to the address that the
/// user has now, five times at most, and falls back as it did before; its earlier attempts stay in the list.
struct ResendNotification: Endpoint {
  struct Input: Decodable {
    var id: ID
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<SentMessageView> {
    let work = context.ownWork
    try await work.resend(input.id)
    let view: SentMessageView = try await work.db.one(
      "select \(SentMessageView.columns) from notification where id = \(input.id)")
    return Reply(view, status: 202)
  }
}
