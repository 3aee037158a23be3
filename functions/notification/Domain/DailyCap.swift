/// How many messages of a kind a user gets a day, by the user's own clock.
struct DailyCap: Sendable, Equatable {
  var most: Int
  /// Nil for all channels together.
  var channel: Channel?

  init?(_ category: Category, _ channel: Channel) {
    switch (category, channel) {
    case (.marketing, _): (most, self.channel) = (2, nil)
    case (.social, .push): (most, self.channel) = (20, .push)
    default: return nil
    }
  }
}

extension DailyCap {
  init?(_ message: Message) { self.init(message.plan.category, message.channel) }
}
