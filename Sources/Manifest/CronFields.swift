/// The five fields of a schedule, each a set of values kept as bits.
struct CronFields: Sendable, Hashable {
  let minutes: UInt64
  let hours: UInt64
  let days: UInt64
  let months: UInt64
  /// Sunday is bit 0.
  let weekdays: UInt64
  /// Both kinds of day are restricted, and so either may match: `0 0 13 * FRI` is every 13th and every Friday. A field
  /// that begins with `*` does not restrict, as in Vixie cron.
  let eitherDay: Bool
  /// Every hour is in it, so it asks for even pauses rather than for times of the day.
  var isHourly: Bool { hours == (1 << 24) - 1 }

  init(parsing text: String) throws(Mistake) {
    let parts = text.split(separator: " ")
    guard parts.count == 5 else {
      let wanted = "minute, hour, day of month, month, day of week"
      throw Mistake("has \(parts.count) \(parts.count == 1 ? "field" : "fields"); write five: \(wanted)")
    }
    minutes = try CronField.minute.parse(parts[0])
    hours = try CronField.hour.parse(parts[1])
    days = try CronField.day.parse(parts[2])
    months = try CronField.month.parse(parts[3])
    let weekdays = try CronField.weekday.parse(parts[4])
    self.weekdays = (weekdays | weekdays >> 7) & 0x7F
    eitherDay = !parts[2].hasPrefix("*") && !parts[4].hasPrefix("*")
    guard eitherDay || isEverReached else { throw Mistake("never comes; no such day is in any of its months") }
  }

  func matches(_ date: CivilDate) -> Bool {
    guard months.hasBit(date.month) else { return false }
    let byDay = days.hasBit(date.day)
    let byWeekday = weekdays.hasBit(date.weekday)
    return eitherDay ? byDay || byWeekday : byDay && byWeekday
  }

  private var isEverReached: Bool {
    let longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...12).contains { months.hasBit($0) && days & ((2 << UInt64(longest[$0 - 1])) - 1) != 0 }
  }
}

extension UInt64 {
  func hasBit(_ index: Int) -> Bool { self >> UInt64(index) & 1 == 1 }

  var bitIndexes: [Int] { (0..<64).filter(hasBit) }
}
