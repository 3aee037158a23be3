import FunctionKit

/// A week that is settled: from a Monday's midnight in Jakarta to the next one's.
struct SettlementPeriod: Sendable, Hashable {
  let start: Instant

  var end: Instant { start + .days(7) }
  var next: SettlementPeriod { SettlementPeriod(before: end + .days(7)) }

  /// The Monday, such as `2026-01-12`.
  var firstDay: String { Self.day(start) }
  /// The Sunday, which belongs to it.
  var lastDay: String { Self.day(end - .days(1)) }

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

  private static func day(_ midnight: Instant) -> String {
    let date = CivilTime(midnight, offset: CivilTime.jakartaOffset)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(date.year)-\(two(date.month))-\(two(date.day))"
  }
}

/// As a column of its first day.
extension SettlementPeriod: Decodable, SQLValue {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let period = try SettlementPeriod(monday: container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "must be a Monday such as 2026-01-12")
    }
    self = period
  }

  var sqlText: String? { firstDay }
}
