import Foundation
import Manifest
import Testing

/// Holds the arithmetic against a slow and plain reading of the same rules: walk the minutes, and ask Foundation's
/// calendar what the clock on the wall shows.
@Suite struct CronPropertyTests {
  @Test(arguments: ["Asia/Jakarta", "America/New_York", "Australia/Lord_Howe", "America/St_Johns", "Europe/London"])
  func `the next tick is the one that a walk along the clock finds`(identifier: String) throws {
    let zone = try #require(TimeZoneRules(identifier: identifier))
    var random = SplitMix(state: 20_260_101)
    for _ in 0..<120 {
      let wanted = Wanted(&random)
      let schedule = try CronSchedule(parsing: wanted.text)
      let span: Int64 = Bool.random(using: &random) ? 5400 : 90_000
      let start = changes(identifier).randomElement(using: &random)! + Int64.random(in: -span...span, using: &random)
      let expected = Walk(identifier, wanted).first(after: start)
      #expect(schedule.next(after: start, zone: zone) == expected, "\(wanted.text) after \(start)")
    }
  }

  @Test func `ticks rise strictly, and nothing lies between two that follow each other`() throws {
    let zone = try #require(TimeZoneRules(identifier: "America/New_York"))
    let schedule = try CronSchedule(parsing: "*/20 */3 * * *")
    var instant: Int64 = 1_770_000_000
    for _ in 0..<3000 {
      let next = try #require(schedule.next(after: instant, zone: zone))
      #expect(next > instant)
      #expect(schedule.next(after: next - 1, zone: zone) == next)
      #expect(schedule.next(after: (instant + next) / 2, zone: zone) == next)
      instant = next
    }
  }

  /// Instants near which a mistake would show: changes of clocks if there are any, the turn of a year and of February.
  private func changes(_ identifier: String) -> [Int64] {
    let zone = TimeZone(identifier: identifier)!
    var instants: [Int64] = [1_767_225_600, 1_709_164_800]
    var date = Date(timeIntervalSince1970: 1_767_225_600)
    while instants.count < 6, let next = zone.nextDaylightSavingTimeTransition(after: date) {
      instants.append(Int64(next.timeIntervalSince1970))
      date = next
    }
    return instants
  }
}

/// A random schedule, as sets and as text.
private struct Wanted {
  let minutes: Set<Int>, hours: Set<Int>, days: Set<Int>, weekdays: Set<Int>
  let text: String

  init(_ random: inout SplitMix) {
    func pick(_ range: ClosedRange<Int>) -> Set<Int> {
      Set((0..<Int.random(in: 1...4, using: &random)).map { _ in Int.random(in: range, using: &random) })
    }
    func field(_ values: Set<Int>) -> String {
      values.isEmpty ? "*" : values.sorted().map(String.init).joined(separator: ",")
    }
    minutes = pick(0...59)
    hours = Bool.random(using: &random) ? [] : pick(0...4)
    days = Bool.random(using: &random) ? [] : pick(1...28)
    weekdays = Bool.random(using: &random) ? [] : pick(0...6)
    text = "\(field(minutes)) \(field(hours)) \(field(days)) * \(field(weekdays))"
  }
}

private struct Walk {
  let calendar: Calendar
  let wanted: Wanted

  init(_ zone: String, _ wanted: Wanted) {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(identifier: zone)!
    self.calendar = calendar
    self.wanted = wanted
  }

  func first(after start: Int64) -> Int64? {
    let minute = (start / 60 + 1) * 60
    return stride(from: minute, to: minute + 35 * 86_400, by: 60).first(where: isTick)
  }

  /// A tick shows a wanted time on the wall that was not there in the hours before, or ends a gap with one in it. A
  /// schedule of every hour only goes by what is shown.
  private func isTick(_ instant: Int64) -> Bool {
    let now = wall(instant)
    if wanted.hours.isEmpty { return matches(now) }
    let before = wall(instant - 60)
    if now - before > 60 { return stride(from: before + 60, through: now, by: 60).contains(where: matches) }
    return matches(now) && !isRepeated(instant, now)
  }

  private func isRepeated(_ instant: Int64, _ now: Int64) -> Bool {
    [1800, 3600].contains { wall(instant - $0) == now }
  }

  /// The clock on the wall, as if it were UTC.
  private func wall(_ instant: Int64) -> Int64 {
    let date = Date(timeIntervalSince1970: TimeInterval(instant))
    return instant + Int64(calendar.timeZone.secondsFromGMT(for: date))
  }

  private func matches(_ wall: Int64) -> Bool {
    var utc = Calendar(identifier: .gregorian)
    utc.timeZone = .gmt
    let date = Date(timeIntervalSince1970: TimeInterval(wall))
    guard wanted.minutes.contains(Int(wall / 60 % 60)) else { return false }
    guard wanted.hours.isEmpty || wanted.hours.contains(Int(wall / 3600 % 24)) else { return false }
    let parts = utc.dateComponents([.day, .weekday], from: date)
    let byDay = wanted.days.contains(parts.day!)
    let byWeekday = wanted.weekdays.contains(parts.weekday! - 1)
    if wanted.days.isEmpty { return wanted.weekdays.isEmpty || byWeekday }
    return wanted.weekdays.isEmpty ? byDay : byDay || byWeekday
  }
}
