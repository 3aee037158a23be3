import FunctionKit

/// The seven days that a newsletter tells of, Monday to Sunday in Jakarta.
struct DigestWeek: Sendable, Equatable {
  var start: Instant
  /// Not included.
  var end: Instant

  private static let day: Int64 = 86_400

  /// The last one that was over at a moment.
  init(before moment: Instant) {
    let days = (moment.seconds + CivilTime.jakartaOffset) / Self.day
    // 1970 began on a Thursday.
    let monday = days - (days + 3) % 7
    end = Instant(seconds: monday * Self.day - CivilTime.jakartaOffset)
    start = end - .days(7)
  }

  /// `2027-01-04`, its Monday.
  var name: String { Self.text(start) }
  /// Its Sunday.
  var lastDay: String { Self.text(end - .days(1)) }

  private static func text(_ moment: Instant) -> String {
    let day = CivilTime(moment, offset: CivilTime.jakartaOffset)
    func padded(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    return "\(day.year)-\(padded(day.month))-\(padded(day.day))"
  }
}
