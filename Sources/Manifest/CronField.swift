/// One of the five fields of a cron schedule: the values it may have and the names some of them go by.
struct CronField {
  let name: String
  let range: ClosedRange<Int>
  var names: [String] = []

  static let minute = CronField(name: "minute", range: 0...59)
  static let hour = CronField(name: "hour", range: 0...23)
  static let day = CronField(name: "day of month", range: 1...31)
  static let month = CronField(
    name: "month", range: 1...12,
    names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"])
  /// 7 is Sunday too, as everywhere.
  static let weekday = CronField(
    name: "day of week", range: 0...7, names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"])

  /// `*`, `*/5`, `1-5`, `1-30/2`, `5/10`, `MON,WED`: the values as bits.
  func parse(_ text: Substring) throws(Mistake) -> UInt64 {
    var bits: UInt64 = 0
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let (range, step) = try rangeAndStep(part)
      for value in stride(from: range.lowerBound, through: range.upperBound, by: step) { bits |= 1 << UInt64(value) }
    }
    return bits
  }

  private func rangeAndStep(_ part: Substring) throws(Mistake) -> (ClosedRange<Int>, Int) {
    let halves = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2 else { return (try bounds(halves.first ?? "", openEnded: false), 1) }
    guard let step = digits(halves[1]), (1...range.upperBound).contains(step) else {
      throw Mistake("has the step '/\(halves[1])' in the \(name) field; use a number from 1 to \(range.upperBound)")
    }
    return (try bounds(halves[0], openEnded: true), step)
  }

  /// A single value with a step begins there and goes on to the end. A week that ends on Sunday ends on day 7.
  private func bounds(_ text: Substring, openEnded: Bool) throws(Mistake) -> ClosedRange<Int> {
    if text == "*" { return range.lowerBound...(names.count == 7 ? 6 : range.upperBound) }
    let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    let first = try value(ends.first ?? "")
    guard ends.count == 2 else { return first...(openEnded ? range.upperBound : first) }
    let end = try value(ends[1])
    let last = end == 0 && range == 0...7 ? 7 : end
    guard first <= last else { throw Mistake("has the range '\(text)' in the \(name) field backwards") }
    return first...last
  }

  private func value(_ text: Substring) throws(Mistake) -> Int {
    if let index = names.firstIndex(of: text.uppercased()) { return index + range.lowerBound }
    guard let number = digits(text), range.contains(number) else {
      let words = names.first.map { " or a name such as \($0)" } ?? ""
      let numbers = "\(range.lowerBound) to \(range.upperBound)"
      throw Mistake("has '\(text)' in the \(name) field; use \(numbers)\(words)")
    }
    return number
  }
}
