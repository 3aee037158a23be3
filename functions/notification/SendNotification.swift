import FunctionKit

/// Tells a user, or everybody with a role, what another service wants told.
struct SendNotification: Endpoint {
  struct Input: Decodable, Limited {
    var userId: ID?
    var role: Caller.Role?
    var templateCode: String?
    /// The template's placeholders: texts, or whole numbers.
    var data: [String: JSON]?
    var type: String?
    var title: String?
    var message: String?
    var channels: [Channel]?
    var priority: Priority?
    var actionUrl: String?
    var relatedType: String?
    var relatedId: ID?
    /// At most 30 days ahead.
    var scheduledFor: Instant?
    var cancelKey: String?

    static let limits: [String: FieldLimit] = [
      "templateCode": .text(3...100), "title": .text(1...255), "message": .text(1...4000), "type": .text(1...40),
      "actionUrl": .text(1...500), "relatedType": .text(1...50), "cancelKey": .text(1...120), "channels": .count(1...5),
    ]
  }

  struct Sent: Codable, Sendable {
    var ids: [ID] = []
    var skipped: [SkippedChannel] = []
  }

  func handle(_ input: Input, context: Context) async throws -> Reply<Sent> {
    try input.validate(at: context.now)
    let key = context.idempotencyKey ?? context.requestID
    let users = try await input.recipients(context)
    for user in users { try await context.introduce(user) }
    let sent = try await context.work { work in
      var sent = Sent()
      for user in users { try await work.send(input, to: user, key: key, &sent) }
      return sent
    }
    return Reply(sent, status: 202)
  }
}

extension SendNotification.Input {
  /// Those who are to hear of it.
  func recipients(_ context: Context) async throws -> [ID] {
    if let userId { return [userId] }
    guard let role else { return [] }
    return (try await context.asking { try await context.services.users(of: role.rawValue) } ?? []).sorted()
  }

  /// - Throws: ``Problem`` 422 with every failing field.
  func validate(at now: Instant) throws {
    var validation = Validation()
    check(&validation, "", at: now)
    try validation.finish()
  }

  /// - Parameter place: where it stands in a list, with its point; empty outside of one.
  func check(_ validation: inout Validation, _ place: String, at now: Instant) {
    validation.require(
      (userId == nil) != (role == nil), "\(place)userId", "or role is required, not both", code: "required")
    let isFree = templateCode == nil
    validation.require(
      !isFree || (title != nil && message != nil), "\(place)templateCode", "or title and message are required",
      code: "required")
    validation.require(
      !isFree || NotificationTypes.all.contains(type ?? "system"), "\(place)type", "is no type of message")
    validation.text(templateCode, "\(place)templateCode", length: 3...100)
    validation.text(title, "\(place)title", length: 1...255)
    validation.text(message, "\(place)message", length: 1...4000)
    validation.text(actionUrl, "\(place)actionUrl", length: 1...500)
    let isSafe = actionUrl.map { $0.hasPrefix("https://") || ($0.hasPrefix("/") && !$0.hasPrefix("//")) } ?? true
    validation.require(isSafe, "\(place)actionUrl", "must be a path of the app or begin with https://")
    validation.text(relatedType, "\(place)relatedType", length: 1...50)
    validation.text(cancelKey, "\(place)cancelKey", length: 1...120)
    validation.range(channels?.count, "\(place)channels", 1...5, code: "length")
    let isSoon = scheduledFor.map { $0 <= now + .days(30) } ?? true
    validation.require(isSoon, "\(place)scheduledFor", "must be at most 30 days ahead", code: "range")
  }
}

extension Work {
  func send(_ input: SendNotification.Input, to user: ID, key: String, _ sent: inout SendNotification.Sent) async throws
  {
    let announcement = Announcement(
      userID: user, relatedType: input.relatedType, relatedID: input.relatedId, template: input.templateCode,
      cancelKey: input.cancelKey, dueAt: input.scheduledFor, channels: input.channels, priority: input.priority,
      actionURL: input.actionUrl, occasion: "call:\(key)", values: try TemplateValue.all(input.data))
    let made = try await input.templateCode == nil ? sendFreeText(input, announcement) : announceTemplate(announcement)
    sent.ids += made.ids
    sent.skipped += made.skipped
  }

  private func announceTemplate(_ announcement: Announcement) async throws -> AnnouncedMessages {
    do { return try await announce(announcement) } catch let error as TemplateError {
      throw Problem(422, "template_data_invalid", "The template can't be filled: \(error.explanation).")
    }
  }

  private func sendFreeText(_ input: SendNotification.Input, _ announcement: Announcement) async throws
    -> AnnouncedMessages
  {
    let preference = try await Preference.ensure(of: announcement.userID, now: now, in: db)
    let channels = input.channels ?? [.inApp]
    let template = Template.freeText(input.type ?? "system", .system, channels)
    let plan = MessagePlan(
      template: template, category: .system, priority: input.priority ?? .normal, channels: channels)
    let text = RenderedMessage(
      title: input.title ?? "", body: input.message ?? "", shortText: String((input.message ?? "").prefix(160)),
      actionURL: input.actionUrl)
    return try await send(text, of: announcement, plan, preference)
  }
}
