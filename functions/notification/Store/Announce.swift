import FunctionKit

extension Announcement {
  /// Makes one message per channel, each at most once however often the event comes.
  func announce(_ context: Context) async throws {
    guard let event = context.event, let route = try await EventRoute.find(event.type, in: context.db) else { return }
    let now = context.now
    let preference = try await Preference.ensure(of: userID, now: now, in: context.db)
    let template = try await Template.active(route.templateCode, preference.locale, in: context.db)
    let rendered = try template.render(values)
    let decision = ChannelDecision(
      wanted: route.channels, category: route.category, type: template.type, priority: route.priority,
      isLate: now - event.time > .hours(24))
    for channel in decision.channels(preference, try await Reachability.find(userID, in: context.db)) {
      let message = Message(
        id: context.newID(), eventID: event.id, channel: channel, route: route, template: template, text: rendered,
        announcement: self)
      guard try await message.insert(now: now, into: context.db), channel == .inApp else { continue }
      try await message.recordInAppDelivery(at: now, context)
    }
  }
}
