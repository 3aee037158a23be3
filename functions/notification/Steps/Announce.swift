import FunctionKit

/// What a message is made of besides its text.
struct MessagePlan: Sendable {
  var template: Template
  var category: Category
  var priority: Priority
  var channels: [Channel]
}

/// A channel on which a user does not get a message, and why.
struct SkippedChannel: Codable, Sendable, Equatable {
  var channel: Channel
  var reason: String
}

/// What came of an announcement.
struct AnnouncedMessages: Sendable {
  var ids: [ID] = []
  var skipped: [SkippedChannel] = []
}

extension Work {
  /// Makes one message per channel, each at most once however often the event comes.
  @discardableResult
  func announce(_ announcement: Announcement) async throws -> AnnouncedMessages {
    guard announcement.actor != announcement.userID else { return AnnouncedMessages() }
    let preference = try await Preference.ensure(of: announcement.userID, now: now, in: db)
    guard let plan = try await plan(announcement, preference.locale) else { return AnnouncedMessages() }
    let text = try plan.template.render(announcement.values)
    return try await send(text, of: announcement, plan, preference)
  }

  /// The same for a text that is written already.
  func send(
    _ text: RenderedMessage, of announcement: Announcement, _ plan: MessagePlan, _ preference: Preference
  ) async throws -> AnnouncedMessages {
    if let key = announcement.cancelKey, try await isCancelled(key) { return AnnouncedMessages() }
    let decision = ChannelDecision(
      wanted: plan.channels, category: plan.category, type: plan.template.type, priority: plan.priority,
      isLate: context.event.map { now - $0.time > .hours(24) } ?? false)
    let open = decision.channels(preference, try await Reachability.find(announcement.userID, at: now, in: db))
    var made = AnnouncedMessages(
      skipped: plan.channels.filter { !open.contains($0) }.map { .init(channel: $0, reason: "refused") })
    for channel in open {
      let message = Message(
        id: context.newID(), occasion: announcement.occasion ?? context.event?.id.description ?? context.requestID,
        channel: channel, plan: plan, text: text, announcement: announcement)
      switch try await insert(message, preference) {
      case .made: made.ids.append(message.id)
      case .known: break
      case .capped: made.skipped.append(.init(channel: channel, reason: "daily_limit"))
      }
    }
    try await countSkipped(plan.template.type, on: made.skipped.map(\.channel))
    return made
  }

  private func plan(_ announcement: Announcement, _ locale: Locale) async throws -> MessagePlan? {
    if let code = announcement.template {
      let template = try await Template.active(code, locale, in: db)
      return MessagePlan(
        template: template, category: template.category, priority: announcement.priority ?? template.priority,
        channels: announcement.channels ?? template.channels)
    }
    guard let event = context.event, let route = try await EventRoute.find(event.type, in: db) else { return nil }
    return MessagePlan(
      template: try await Template.active(route.templateCode, locale, in: db), category: route.category,
      priority: announcement.priority ?? route.priority, channels: announcement.channels ?? route.channels)
  }
}
