import FunctionKit

/// What decides when a message may go out, and whether it still may that day.
struct MessageSlot: Sendable {
  var user: ID
  var channel: Channel
  var category: Category
  var type: String
  var priority: Priority
  /// What caused it: over all its channels it counts once.
  var occasion: String
}

extension Message {
  var slot: MessageSlot {
    MessageSlot(
      user: announcement.userID, channel: channel, category: plan.category, type: plan.template.type,
      priority: plan.priority, occasion: occasion)
  }
}
