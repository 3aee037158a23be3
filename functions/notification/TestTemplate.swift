import FunctionKit

/// Sends a template to whoever asks, over the channels that reach them.
struct TestTemplate: Endpoint {
  struct Input: Decodable {
    var id: ID
    var data: [String: JSON]?
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<SendNotification.Sent> {
    let user = try context.requireUser()
    try await context.introduce(user)
    let sent = try await context.work { work in
      let view = try await work.db.template(input.id)
      let text = try view.render(input.data)
      let plan = MessagePlan(
        template: view.template, category: view.category, priority: view.priority, channels: view.channels)
      let preference = try await Preference.ensure(of: user, now: work.now, in: work.db)
      return try await work.send(
        text, of: Announcement(userID: user, occasion: "test:\(context.requestID)"), plan, preference)
    }
    return Reply(SendNotification.Sent(ids: sent.ids, skipped: sent.skipped), status: 202)
  }
}
