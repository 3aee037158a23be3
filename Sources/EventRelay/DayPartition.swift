internal import FunctionKit

/// One day of a table that is kept by the day.
struct DayPartition: Hashable {
  enum Table: String, CaseIterable {
    /// By the event's time.
    case outbox
    /// By the id, which begins with its time.
    case inbox
  }

  let table: Table
  /// Since 1970-01-01, in UTC.
  let day: Int64

  init(_ table: Table, day: Int64) {
    self.table = table
    self.day = day
  }

  /// Reads `outbox_20261125`; nil for another table's name.
  init?(name: String) {
    let parts = name.split(separator: "_")
    guard parts.count == 2, let table = Table(rawValue: String(parts[0])), parts[1].utf8.count == 8 else { return nil }
    let digits = parts[1]
    let text = "\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))T00:00:00Z"
    guard let start = Instant(text) else { return nil }
    self.init(table, day: DayPartition.day(of: start))
  }

  static func day(of moment: Instant) -> Int64 { moment.seconds >= 0 ? moment.seconds / 86_400 : -1 }

  var start: Instant { Instant(seconds: 86_400 * day) }
  var end: Instant { Instant(seconds: 86_400 * (day + 1)) }

  var name: String { "\(table.rawValue)_\(start.description.prefix(10).filter { $0 != "-" })" }

  /// The column that decides, and the bounds as literals.
  var column: String { table == .outbox ? "time" : "id" }
  var from: String { bound(start) }
  var to: String { bound(end) }

  /// What an id begins with at that moment: 48 bits of milliseconds.
  static func firstID(at moment: Instant) -> ID { ID(at: moment, random: (0, 0)).withoutVersion }

  private func bound(_ moment: Instant) -> String {
    table == .outbox ? "'\(moment)'" : "'\(DayPartition.firstID(at: moment))'"
  }
}

extension ID {
  /// The least id with the same time, whatever its version.
  fileprivate var withoutVersion: ID { ID(description.prefix(13) + "-0000-0000-000000000000") ?? self }
}

extension ID {
  fileprivate init?(_ text: Substring) { self.init(String(text)) }
}
