import FunctionKit

/// Days, weeks and months as Jakarta has them.
enum BusinessTime {
  /// The moment at which the day began.
  static func startOfDay(_ now: Instant) -> Instant {
    let time = CivilTime(now, offset: CivilTime.jakartaOffset)
    return CivilTime(year: time.year, month: time.month, day: time.day).instant(offset: CivilTime.jakartaOffset)
  }

  /// The moment at which the week began, on its Monday. 1970 began on a Thursday.
  static func startOfWeek(_ now: Instant) -> Instant {
    let day = startOfDay(now)
    let daysSince1970 = (day.seconds + CivilTime.jakartaOffset) / 86_400
    return day - .days((daysSince1970 + 3) % 7)
  }

  /// As a `date` column and people write it: `2026-01-05`.
  static func date(_ now: Instant) -> String {
    let time = CivilTime(now, offset: CivilTime.jakartaOffset)
    return "\(time.year)-\(twoDigits(time.month))-\(twoDigits(time.day))"
  }

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
