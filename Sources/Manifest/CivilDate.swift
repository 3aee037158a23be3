/// A date of the Gregorian calendar, by arithmetic alone: a calendar object would bring its own time zone into it.
///
/// The conversion is Howard Hinnant's `civil_from_days`.
struct CivilDate {
  let month: Int
  let day: Int
  /// Sunday is 0.
  let weekday: Int

  /// - Parameter days: days since 1970-01-01, which was a Thursday.
  init(daysSinceEpoch days: Int64) {
    let shifted = days + 719_468
    let era = shifted.floorDivided(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = Int(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    month = Int(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9)
    weekday = Int((days + 4) - (days + 4).floorDivided(by: 7) * 7)
  }
}

extension Int64 {
  /// Rounds towards the past also before the epoch.
  func floorDivided(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
