import FunctionKit

/// A time that somebody asks about: from its beginning up to its end, which is not part of it.
struct TimeRange: Sendable {
  static let longest: Duration = .days(366)

  var from: Instant
  var to: Instant

  /// - Parameter usual: how far back it reaches unless said.
  /// - Throws: ``Problem`` 422 unless `to` is after `from`, by a year at most.
  init(from: Instant?, to: Instant?, usual: Duration, now: Instant) throws {
    let end = to ?? now
    (self.from, self.to) = (from ?? end - usual, end)
    try check()
  }

  private func check() throws {
    guard from < to, to - from <= Self.longest else {
      throw Problem.invalid("to", "must be after from, by at most 366 days", code: "range")
    }
  }
}

extension SQL {
  /// Rows whose id was made in a time: ids begin with when they were made, and so their index finds them.
  /// - Throws: ``Problem`` 422 unless `to` is after `from`, by a year at most.
  static func made(from: Instant?, to: Instant?) throws -> [SQL] {
    if let from, let to { _ = try TimeRange(from: from, to: to, usual: .zero, now: to) }
    var conditions: [SQL] = []
    if let from { conditions.append("id >= \(ID(at: from, random: (0, 0)))") }
    if let to { conditions.append("id < \(ID(at: to, random: (0, 0)))") }
    return conditions
  }

  /// Nothing for what was not asked for.
  static func equal(_ column: SQL, _ value: (some SQLValue)?) -> [SQL] {
    value.map { ["\(column) = \($0)"] } ?? []
  }
}
