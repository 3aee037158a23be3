import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import NotificationFunctions

/// When pushes wait for the morning.
@Suite struct QuietHoursTests {
  @Test(arguments: [
    // Liked, flushed and due; the quiet hours are 22:00 to 08:00 in the zone.
    ("2027-01-11T14:45:00Z", "2027-01-11T15:00:00Z", "2027-01-12T01:00:00Z", "Asia/Jakarta"),
    ("2027-01-11T14:44:30Z", "2027-01-11T14:59:30Z", "2027-01-11T14:59:30Z", "Asia/Jakarta"),
    ("2027-01-12T00:45:00Z", "2027-01-12T01:00:00Z", "2027-01-12T01:00:00Z", "Asia/Jakarta"),
    ("2027-01-12T00:44:30Z", "2027-01-12T00:59:30Z", "2027-01-12T01:00:00Z", "Asia/Jakarta"),
    // 20:30 in Jakarta is 22:30 in Jayapura; its eight o'clock is six in Jakarta.
    ("2027-01-11T13:15:00Z", "2027-01-11T13:30:00Z", "2027-01-11T23:00:00Z", "Asia/Jayapura"),
  ])
  func `a push of low priority waits, what is in the app does not`(
    liked: String, flushed: String, due: String, zone: String
  ) async throws {
    try await SocialScene.run(at: liked) { scene in
      try await scene.beQuiet(in: zone)
      try await scene.act(by: sampleUser(101))
      try await scene.flush(until: flushed)
      #expect(try await scene.titles("in_app") == ["Someone liked your post"])
      try await Self.expectDues(scene, due)
    }
  }

  @Test func `money is told of at any hour`() async throws {
    try await SocialScene.run(at: "2027-01-11T19:00:00Z") { scene in  // two in the morning
      try await scene.beQuiet()
      try await scene.notification.pay(scene.author)
      try await Self.expectDues(scene, "2027-01-11T19:00:00Z")
      try await Self.expectDues(scene, "2027-01-11T19:00:00Z", "whatsapp")
    }
  }

  @Test func `advertising heeds the day and the user's own hours`() {
    var preference = Preference()
    #expect(preference.quiet(for: .push, .marketing, .low) == [.ofMarketing])
    preference.quietEnabled = true
    (preference.quietStart, preference.quietEnd) = ("12:00", "14:00")
    let own = QuietHours(start: "12:00", end: "14:00")
    #expect(preference.quiet(for: .push, .marketing, .low) == [.ofMarketing, own])
    #expect(preference.quiet(for: .email, .marketing, .low) == [.ofMarketing])
    #expect(preference.quiet(for: .inApp, .marketing, .low).isEmpty)
    #expect(preference.quiet(for: .push, .social, .low) == [own])
    #expect(preference.quiet(for: .push, .payment, .high).isEmpty)
  }

  /// The clock goes on while the test runs, so that a message at once is due a little later.
  private static func expectDues(_ scene: SocialScene, _ due: String, _ channel: String = "push") async throws {
    let (expected, dues) = (try #require(Instant(due)), try await scene.dues(channel))
    #expect(dues.count == 1)
    #expect(dues.allSatisfy { $0 >= expected && $0 - expected < .seconds(15) }, "\(dues)")
  }

  @Test(arguments: [
    ("2027-01-11T15:00:00Z", "2027-01-12T01:00:00Z", "Asia/Jakarta"),
    ("2027-01-11T14:59:59Z", "2027-01-11T14:59:59Z", "Asia/Jakarta"),
    ("2027-01-12T00:59:59Z", "2027-01-12T01:00:00Z", "Asia/Jakarta"),
    ("2027-01-12T01:00:00Z", "2027-01-12T01:00:00Z", "Asia/Jakarta"),
    ("2027-01-11T13:30:00Z", "2027-01-11T23:00:00Z", "Asia/Jayapura"),
  ])
  func `the quiet hours begin inclusive and end exclusive`(at: String, until: String, zone: String) async throws {
    try await withBundle("notification", Notification.self) { notification in
      let end: Instant = try await notification.one(
        "select quiet_until(\(at)::timestamptz, '22:00', '08:00', \(zone))")
      #expect(end == Instant(until))
    }
  }

  @Test func `a deferred message is due exactly at the end, whatever hours and zones`() async throws {
    let seed = UInt64.random(in: 1...999_999)
    print("quiet hours, seed \(seed)")
    try await withBundle("notification", Notification.self) { notification in
      var random = seed
      func draw(_ limit: UInt64) -> UInt64 {
        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (random >> 33) % limit
      }
      for _ in 0..<300 {
        let (start, end) = (draw(1440), draw(1440))
        guard start != end else { continue }
        let offset = [7, 8, 9][Int(draw(3))]
        let zone = ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"][offset - 7]
        let at = Instant(seconds: 1_800_000_000 + Int64(draw(5_000_000)))
        let until: Instant = try await notification.one(
          "select quiet_until(\(at)::timestamptz, \(Self.clock(start)), \(Self.clock(end)), \(zone))")
        #expect(
          until == Self.expected(at, Int64(start), Int64(end), Int64(offset)), "seed \(seed): \(at) \(start) \(end)")
      }
    }
  }

  private static func clock(_ minutes: UInt64) -> String {
    func two(_ number: UInt64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(minutes / 60)):\(two(minutes % 60))"
  }

  /// By walking on from minute to minute.
  private static func expected(_ at: Instant, _ start: Int64, _ end: Int64, _ offset: Int64) -> Instant {
    func isQuiet(_ time: Instant) -> Bool {
      let minute = (time.seconds + offset * 3600) % 86_400 / 60
      return start < end ? (start..<end).contains(minute) : minute >= start || minute < end
    }
    guard isQuiet(at) else { return at }
    var time = Instant(seconds: at.seconds - at.seconds % 60)
    while isQuiet(time) { time = time + .seconds(60) }
    return time
  }
}
