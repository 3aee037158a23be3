/// When a cron job runs: five fields, a nickname such as `@daily`, or an interval such as `@every 30s`.
public struct CronSchedule: Sendable, Hashable, CustomStringConvertible {
  /// As written.
  public let description: String
  let rule: Rule

  enum Rule: Sendable, Hashable {
    /// Seconds between ticks, which are counted from the Unix epoch so that all hosts agree on them.
    case every(Int64)
    case fields(CronFields)
  }

  public init(parsing text: String) throws(Mistake) {
    rule = try Self.rule(text)
    description = text
  }

  private static func rule(_ text: String) throws(Mistake) -> Rule {
    guard text.hasPrefix("@") else { return .fields(try CronFields(parsing: text)) }
    if text.hasPrefix("@every ") { return .every(try interval(String(text.dropFirst(7)))) }
    guard let fields = nicknames[text] else {
      let names = nicknames.keys.sorted() + ["@every 30s"]
      throw Mistake("is not known; use five fields, \(listed(names))\(hint(for: text, among: nicknames.keys))")
    }
    return .fields(try CronFields(parsing: fields))
  }

  private static let nicknames = [
    "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@weekly": "0 0 * * 0", "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
  ]

  private static func interval(_ text: String) throws(Mistake) -> Int64 {
    let duration: Duration
    do { duration = try Units.duration(text) } catch { throw Mistake("has an interval that \(error.reason)") }
    guard duration >= .seconds(1), duration.components.attoseconds == 0 else {
      throw Mistake("has an interval that is not in whole seconds, one or more")
    }
    return duration.components.seconds
  }
}
