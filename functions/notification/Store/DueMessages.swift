import FunctionKit

/// Messages whose time has come, the most pressing first, of each channel the oldest first.
///
/// Each priority and channel is a range of one index, `notification_next`, so that what is held until the morning, or waits
/// for a carrier that is being spared, is not read on the way to what can go.
struct DueMessages {
  private let priorities: [String]
  private let channels: [String]
  private let now: Instant

  /// - Parameter channels: of what is equally pressing, those of an earlier one come first.
  init(on channels: [Channel], at now: Instant) {
    let order = Priority.mostPressingFirst
    priorities = order.flatMap { priority in channels.map { _ in priority.rawValue } }
    self.channels = order.flatMap { _ in channels.map(\.rawValue) }
    self.now = now
  }

  /// The identifiers, of rows that are locked then and that nobody else has.
  func ids(upTo limit: Int) -> SQL {
    """
    select due.id from unnest(\(priorities)::text[], \(channels)::text[]) as place (priority, channel)
    cross join lateral (
      select id from notification
      where status = 'pending' and notification.channel = place.channel and notification.priority = place.priority
        and next_attempt_at <= \(now)
      order by next_attempt_at, id limit \(limit) for no key update skip locked
    ) as due limit \(limit)
    """
  }
}
