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
    ("@yearly", "2026-01-01T00:00:00Z", "2026-12-31T17:00:00Z"),
    ("@every 1h30m", "2026-01-01T00:00:00Z", "2026-01-01T01:30:00Z"),
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
    let berlin = try ticks("15,45 2 * * *", "Europe/Berlin", after: "2026-03-28T12:00:00Z", 3)
    #expect(berlin == ["2026-03-29T01:00:00Z", "2026-03-30T00:15:00Z", "2026-03-30T00:45:00Z"])
    let lordHowe = try ticks("10 2 * * *", "Australia/Lord_Howe", after: "2026-10-02T18:00:00Z", 2)
    #expect(lordHowe == ["2026-10-03T15:30:00Z", "2026-10-04T15:10:00Z"])
  }

  @Test func `a time that the clocks repeat fires the first time only`() throws {
    let daily = try ticks("30 1 * * *", "America/New_York", after: "2026-10-31T06:00:00Z", 2)
    #expect(daily == ["2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"])
    let between = try ticks("30 1 * * *", "America/New_York", after: "2026-11-01T06:15:00Z", 1)
    #expect(between == ["2026-11-02T06:30:00Z"])
    let berlin = try ticks("30 2 * * *", "Europe/Berlin", after: "2026-10-24T12:00:00Z", 2)
    #expect(berlin == ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"])
    let lordHowe = try ticks("45 1 * * *", "Australia/Lord_Howe", after: "2026-04-04T00:00:00Z", 2)
    #expect(lordHowe == ["2026-04-04T14:45:00Z", "2026-04-05T15:15:00Z"])
  }

  @Test(arguments: [
    ("Europe/Berlin", "2026-03-29T00:00:00Z"), ("Europe/Berlin", "2026-10-24T23:00:00Z"),
    ("America/New_York", "2026-03-08T05:30:00Z"), ("America/New_York", "2026-11-01T04:30:00Z"),
    ("Australia/Lord_Howe", "2026-10-03T14:00:00Z"), ("Australia/Lord_Howe", "2026-04-04T13:00:00Z"),
    ("Atlantic/Azores", "2026-10-24T22:00:00Z"), ("Asia/Beirut", "2026-10-24T20:00:00Z"),
  ]) func `a schedule of every hour fires by elapsed time through a change`(zone: String, after: String) throws {
    for schedule in ["*/15 * * * *", "*/15 0-23 * * *"] {
      let start = Int64(try Date(after, strategy: .iso8601).timeIntervalSince1970)
      let quarters = (1...24).map { Date(timeIntervalSince1970: TimeInterval(start + 900 * $0)).formatted(.iso8601) }
      #expect(try ticks(schedule, zone, after: after, 24) == quarters)
    }
  }

  @Test func `an hourly schedule has one tick for every hour that the clock shows`() throws {
    let spring = try ticks("@hourly", "America/New_York", after: "2026-03-08T05:30:00Z", 3)
    #expect(spring == ["2026-03-08T06:00:00Z", "2026-03-08T07:00:00Z", "2026-03-08T08:00:00Z"])
    let autumn = try ticks("10 * * * *", "America/New_York", after: "2026-11-01T05:00:00Z", 3)
    #expect(autumn == ["2026-11-01T05:10:00Z", "2026-11-01T06:10:00Z", "2026-11-01T07:10:00Z"])
  }

  @Test(arguments: [
    ("Europe/Istanbul", "0 3 * * *", "2016-10-29T12:00:00Z", ["2016-10-30T00:00:00Z", "2016-10-31T00:00:00Z"]),
    ("America/Sao_Paulo", "0 0 * * *", "2018-11-03T12:00:00Z", ["2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"]),
    ("America/Sao_Paulo", "0 0 * * *", "2019-11-02T12:00:00Z", ["2019-11-03T03:00:00Z", "2019-11-04T03:00:00Z"]),
    ("Asia/Pyongyang", "45 23 * * *", "2018-05-03T15:30:00Z", ["2018-05-04T15:00:00Z", "2018-05-05T14:45:00Z"]),
    ("Europe/Moscow", "30 1 * * *", "2014-10-24T22:00:00Z", ["2014-10-25T21:30:00Z", "2014-10-26T22:30:00Z"]),
  ]) func `zones that changed their rules go by those of the day`(
    zone: String, schedule: String, after: String, next: [String]
  ) throws {
    #expect(try ticks(schedule, zone, after: after, next.count) == next)
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
