import FunctionKit

/// Writes to whoever takes the newsletter what happened to them in the week before, each once. To whom nothing happened,
/// nothing is written; and what is half a day late is not worth writing.
struct DigestNewsletter: CronJob {
  private static let latest = Duration.hours(12)
  private static let step = 500

  func handle(_ tick: Tick, context: Context) async throws {
    guard context.now - tick.scheduledAt <= Self.latest else {
      return context.log.warning("the newsletter of \(tick.scheduledAt) is too late")
    }
    let week = DigestWeek(before: tick.scheduledAt)
    var last: ID?
    var left = 0
    while !Task.isCancelled {
      let readers: [ID] = try await context.db.all(Self.readers(after: last, limit: Self.step))
      for reader in readers {
        left += 1
        try await context.skippingFailures("\(reader) takes the newsletter") {
          try await context.work { try await $0.writeDigest(to: reader, of: week) }
          left -= 1
        }
      }
      guard readers.count == Self.step, let next = readers.last else { break }
      last = next
    }
    // The run is repeated for them; who has had the letter does not get it again.
    if left > 0 { throw Problem(500, "letters_left", "\(left) letters could not be written.") }
  }

  static func readers(after last: ID?, limit: Int) -> SQL {
    """
    select user_id from notification_preference
    where newsletter and user_id > coalesce(\(last)::uuid, '00000000-0000-0000-0000-000000000000')
    order by user_id limit \(limit)
    """
  }
}
