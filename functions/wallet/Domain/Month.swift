import FunctionKit

/// A calendar month in Jakarta, written `2026-01`.
struct Month: Sendable, Equatable {
  var year: Int
  var number: Int

  init?(_ text: String) {
    guard text.wholeMatch(of: /[0-9]{4}-[0-9]{2}/) != nil, let year = Int(text.prefix(4)),
      let number = Int(text.suffix(2)),
      (1...12).contains(number), year > 0
    else { return nil }
    (self.year, self.number) = (year, number)
  }

  var start: Instant {
    CivilTime(year: year, month: number, day: 1).instant(offset: CivilTime.jakartaOffset)
  }

  /// Where the next one begins.
  var end: Instant {
    let isLast = number == 12
    return CivilTime(year: isLast ? year + 1 : year, month: isLast ? 1 : number + 1, day: 1)
      .instant(offset: CivilTime.jakartaOffset)
  }
}
