/// How many messages of a kind a user gets a day, by the user's own clock.
struct DailyCap: Sendable, Equatable {
  var most: Int
  /// Nil for all channels together.
  var channel: Channel?
  /// Nil for all types of the category.
  var type: String?

  static func all(_ category: Category, _ type: String, _ channel: Channel) -> [DailyCap] {
    switch (category, channel) {
    case (.marketing, _): [DailyCap(most: 2)]
    case (.social, .push):
      [DailyCap(most: 20, channel: .push)]
        + (type == "seller_new_post" ? [DailyCap(most: 3, channel: .push, type: type)] : [])
    default: []
    }
  }
}
