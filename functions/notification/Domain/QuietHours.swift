/// A daily stretch in which a user is left alone, by the user's own clock: `22:00` inclusive to `08:00` exclusive.
struct QuietHours: Sendable, Equatable {
  var start: String
  var end: String

  /// Advertising is for the day.
  static let ofMarketing = QuietHours(start: "20:00", end: "09:00")
}

extension Preference {
  /// The hours that a message waits for the end of. What is in the app, or in the mailbox, disturbs nobody; advertising
  /// waits for the day and for the user's own hours.
  func quiet(for channel: Channel, _ category: Category, _ priority: Priority) -> [QuietHours] {
    let day = category == .marketing && channel != .inApp ? [QuietHours.ofMarketing] : []
    guard quietEnabled, [.push, .whatsapp, .sms].contains(channel), [.low, .normal].contains(priority) else {
      return day
    }
    return day + [QuietHours(start: quietStart, end: quietEnd)]
  }
}
