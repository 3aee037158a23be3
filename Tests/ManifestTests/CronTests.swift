import Foundation
import Manifest
import Testing

@Suite struct CronTests {
  @Test(arguments: [
    ("0 6 * * MON", "2026-01-01T00:00:00Z", "2026-01-04T23:00:00Z"),
    ("*/5 * * * *", "2026-01-01T00:00:00Z", "2026-01-01T00:05:00Z"),
    ("*/5 * * * *", "2026-01-01T00:04:59Z", "2026-01-01T00:05:00Z"),
    ("0 0 * * *", "2026-01-01T16:59:59Z", "2026-01-01T17:00:00Z"),
    ("0 0 * * *", "2026-01-01T17:00:00Z", "2026-01-02T17:00:00Z"),
    ("@daily", "2026-01-01T12:00:00Z", "2026-01-01T17:00:00Z"),
    ("@hourly", "2026-01-01T12:00:00Z", "2026-01-01T13:00:00Z"),
    ("@weekly", "2026-01-01T00:00:00Z", "2026-01-03T17:00:00Z"),
    ("@monthly", "2026-01-01T00:00:00Z", "2026-01-31T17:00:00Z"),
    ("59 23 31 DEC *", "2026-01-01T00:00:00Z", "2026-12-31T16:59:00Z"),
    ("0 9-17/4 * * mon-fri", "2026-01-02T06:00:00Z", "2026-01-02T10:00:00Z"),
    ("0 9-17/4 * * mon-fri", "2026-01-02T10:00:00Z", "2026-01-05T02:00:00Z"),
  ]) func `Jakarta, where clocks never change`(schedule: String, after: String, next: String) throws {
    #expect(try ticks(schedule, "Asia/Jakarta", after: after, 1) == [next])
  }

  @Test(arguments: [
    ("0 0 13 * FRI", ["2026-01-02", "2026-01-09", "2026-01-13", "2026-01-16"]),
    ("0 0 13 * *", ["2026-01-13", "2026-02-13", "2026-03-13", "2026-04-13"]),
    ("0 0 * * 5", ["2026-01-02", "2026-01-09", "2026-01-16", "2026-01-23"]),
    ("0 0 */2 * FRI", ["2026-01-09", "2026-01-23", "2026-02-13", "2026-02-27"]),
    ("0 0 * * 7", ["2026-01-04", "2026-01-11", "2026-01-18", "2026-01-25"]),
    ("0 0 * * FRI-SUN", ["2026-01-02", "2026-01-03", "2026-01-04", "2026-01-09"]),
    ("0 0 31 * *", ["2026-01-31", "2026-03-31", "2026-05-31", "2026-07-31"]),
    ("0 0 29 2 *", ["2028-02-29", "2032-02-29", "2036-02-29", "2040-02-29"]),
    ("0 0 30/1 JAN,MAR *", ["2026-01-30", "2026-01-31", "2026-03-30", "2026-03-31"]),
  ]) func `days of the month and of the week`(schedule: String, days: [String]) throws {
    #expect(try ticks(schedule, "UTC", after: "2026-01-01T00:00:00Z", 4) == days.map { "\($0)T00:00:00Z" })
  }

  @Test func `the leap day that 2100 lacks is found, even on one weekday`() throws {
    let next = try ticks("0 0 29 2 *", "UTC", after: "2096-03-01T00:00:00Z", 1)
    #expect(next == ["2104-02-29T00:00:00Z"])
    let sunday = try ticks("0 0 29 2 */7", "UTC", after: "2088-03-01T00:00:00Z", 1)
    #expect(sunday == ["2128-02-29T00:00:00Z"])
  }

  @Test func `a time that the clocks skip fires once, at the end of the gap`() throws {
    let daily = try ticks("30 2 * * *", "America/New_York", after: "2026-03-07T05:00:00Z", 3)
    #expect(daily == ["2026-03-07T07:30:00Z", "2026-03-08T07:00:00Z", "2026-03-09T06:30:00Z"])
    let often = try ticks("*/30 * * * *", "America/New_York", after: "2026-03-08T06:00:00Z", 3)
    #expect(often == ["2026-03-08T06:30:00Z", "2026-03-08T07:00:00Z", "2026-03-08T07:30:00Z"])
  }

  @Test func `a time that the clocks repeat fires the first time only`() throws {
    let daily = try ticks("30 1 * * *", "America/New_York", after: "2026-10-31T06:00:00Z", 2)
    #expect(daily == ["2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"])
    let between = try ticks("30 1 * * *", "America/New_York", after: "2026-11-01T06:15:00Z", 1)
    #expect(between == ["2026-11-02T06:30:00Z"])
  }

  @Test func `a day that a zone left out fires as that day would have begun`() throws {
    let noon = try ticks("0 12 * * *", "Pacific/Apia", after: "2011-12-29T23:00:00Z", 2)
    #expect(noon == ["2011-12-30T10:00:00Z", "2011-12-30T22:00:00Z"])
  }

  @Test func `intervals are counted from the epoch`() throws {
    #expect(try ticks("@every 30s", "UTC", after: "2026-01-01T00:00:00Z", 2).last == "2026-01-01T00:01:00Z")
    let utc = try #require(TimeZoneRules(identifier: "UTC"))
    let schedule = try CronSchedule(parsing: "@every 7m")
    #expect(schedule.next(after: 420, zone: utc) == 840)
    #expect(schedule.next(after: 839, zone: utc) == 840)
    #expect(schedule.next(after: -1, zone: utc) == 0)
    #expect(schedule.next(after: -421, zone: utc) == -420)
  }

  @Test func `a schedule refuses what it can't mean, and says why`() {
    let mistake = #expect(throws: Mistake.self) { try CronSchedule(parsing: "0 24 * * *") }
    #expect(mistake?.reason == "has '24' in the hour field; use 0 to 23")
  }

  @Test func `only names of the zone database are zones`() {
    #expect(TimeZoneRules(identifier: "Asia/Makassar")?.offset(at: 0) == 28_800)
    for name in ["Asia/Kolkata", "Europe/Kyiv", "Asia/Jayapura", "Etc/UTC", "UTC", "GMT"] {
      #expect(TimeZoneRules(identifier: name) != nil, "\(name)")
    }
    for name in ["", "Jakarta", "GMT+7", "GMT+0700", "UTC+7", "WIB", "Asia/../UTC", "asia/jakarta", "../etc/passwd"] {
      #expect(TimeZoneRules(identifier: name) == nil, "\(name)")
    }
  }

  private func ticks(_ schedule: String, _ zone: String, after: String, _ count: Int) throws -> [String] {
    let schedule = try CronSchedule(parsing: schedule)
    let zone = try #require(TimeZoneRules(identifier: zone))
    var instant = Int64(try Date(after, strategy: .iso8601).timeIntervalSince1970)
    return try (0..<count).map { _ in
      instant = try #require(schedule.next(after: instant, zone: zone))
      return Date(timeIntervalSince1970: TimeInterval(instant)).formatted(.iso8601)
    }
  }
}
