import FunctionKit

/// A day as Jakarta has it, such as `2026-01-14`.
struct BusinessDay: Sendable, Hashable {
  let start: Instant

  var end: Instant { start + .days(1) }
  var before: BusinessDay { BusinessDay(of: start - .days(1)) }

  /// The day that a moment belongs to.
  init(of moment: Instant) {
    let time = CivilTime(moment, offset: CivilTime.jakartaOffset)
    start = CivilTime(year: time.year, month: time.month, day: time.day).instant(offset: CivilTime.jakartaOffset)
  }

  func contains(_ moment: Instant) -> Bool { start <= moment && moment < end }
}

extension BusinessDay: LosslessStringConvertible {
  var description: String {
    let time = CivilTime(start, offset: CivilTime.jakartaOffset)
    return "\(time.year)-\(twoDigits(time.month))-\(twoDigits(time.day))"
  }

  /// - Returns: nil for what is no day.
  init?(_ text: String) {
    guard text.utf8.count == 10, let midnight = Instant("\(text)T00:00:00+07:00") else { return nil }
    start = midnight
  }
}

private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

extension BusinessDay: SQLValue {}

extension BusinessDay: Codable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let day = try BusinessDay(container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "must be a day like 2026-01-31")
    }
    self = day
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension BusinessDay: SchemaDescribing {
  static var jsonSchema: JSON { ["type": "string", "format": "date"] }
}
