import FunctionKit

/// A week that is settled: from a Monday's midnight in Jakarta to the next one's.
struct SettlementPeriod: Sendable, Equatable {
  let start: Instant

  var end: Instant { start + .days(7) }

  /// The last week that is over at a moment.
  init(before moment: Instant) {
    let days = (moment.seconds + CivilTime.jakartaOffset) / 86_400
    // 1970 began on a Thursday, three days after a Monday.
    let monday = days - (days + 3) % 7
    start = Instant(seconds: monday * 86_400 - CivilTime.jakartaOffset) - .days(7)
  }

  /// The week that begins on a day such as `2026-01-12`; nil for what is no Monday.
  init?(monday text: String) {
    guard let midnight = Instant("\(text)T00:00:00+07:00") else { return nil }
    self.init(before: midnight + .days(7))
    guard start == midnight else { return nil }
  }
}
