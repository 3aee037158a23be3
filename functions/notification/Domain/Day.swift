import FunctionKit

/// A day as Jakarta has it, such as `2026-01-14`.
struct Day: Sendable, Hashable {
  let start: Instant

  /// The day that a moment belongs to.
  init(of moment: Instant) {
    let time = CivilTime(moment, offset: CivilTime.jakartaOffset)
    start = CivilTime(year: time.year, month: time.month, day: time.day).instant(offset: CivilTime.jakartaOffset)
  }

  func adding(_ days: Int64) -> Day { Day(of: start + .days(days)) }
}

extension Day: LosslessStringConvertible {
  var description: String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let time = CivilTime(start, offset: CivilTime.jakartaOffset)
    return "\(time.year)-\(two(time.month))-\(two(time.day))"
  }

  /// - Returns: nil for what is no day, or one of another time than ours.
  init?(_ text: String) {
    guard text.utf8.count == 10, (1970...9999).contains(Int(text.prefix(4)) ?? 0),
      let midnight = Instant("\(text)T00:00:00+07:00")
    else { return nil }
    start = midnight
  }
}

extension Day: SQLValue {}

extension Day: Codable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let day = try Day(container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "must be a day like 2026-01-31")
    }
    self = day
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension Day: SchemaDescribing {
  static var jsonSchema: JSON { ["type": "string", "format": "date"] }
}
