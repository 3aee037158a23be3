import FunctionKit
import FunctionTesting
import Runtime
import Synchronization
import Testing

@testable import NotificationFunctions

/// Advertising, from its plan to the carriers.
@Suite struct MarketingTests {
  /// What no advertisement may be, as the user's wish and clock were when it went out; what stands in the app disturbs nobody.
  private static let broken: SQL = """
    select notification.id::text from notification join notification_preference taste using (user_id)
    where category = 'marketing' and channel <> 'in_app' and sent_at is not null
      and ((sent_at at time zone timezone)::time < '09:00' or (sent_at at time zone timezone)::time >= '20:00')
    union all
    select user_id || ' ' || (due_at at time zone timezone)::date from notification
      join notification_preference taste using (user_id)
    where category = 'marketing' and status in ('sent', 'delivered')
    group by user_id, (due_at at time zone timezone)::date having count(distinct occasion) > 2
    union all
    select user_id || ' ' || (sent_at at time zone timezone)::date from notification
      join notification_preference taste using (user_id)
    where category = 'marketing' and channel <> 'in_app' and status in ('sent', 'delivered')
    group by user_id, (sent_at at time zone timezone)::date having count(distinct occasion) > 2
    union all
    select notification.id::text from notification join refusal using (user_id)
    where category = 'marketing' and sent_at > refused_at
    """

  @Test(arguments: [11, UInt64.random(in: 1...999_999)])
  func `never without consent, never at night, never more than two a day`(seed: UInt64) async throws {
    try await BroadcastScene.run(at: "2027-01-11T00:00:00Z") { scene in
      var chance = Chance(state: seed)
      try await scene.people(12)
      try await scene.notification.write("create table refusal (user_id uuid, refused_at timestamptz)")
      try await Self.disperse(scene, &chance)
      scene.carriers.answer = Self.moody(seed)
      for round in 0..<60 {
        if chance.draw(2) == 0 {
          let channels: JSON = [["in_app"], ["email"], ["email", "push"], ["push", "in_app"]][chance.draw(4)]
          _ = try await scene.plan("sale", channels, key: "k\(round)")
        }
        if chance.draw(4) == 0 { try await Self.refuse(1 + chance.draw(12), scene) }
        try await scene.run()
        // A dispatcher that is away for hours finds much that is due.
        if chance.draw(3) > 0 { try await scene.notification.fire("DispatchDue") }
        scene.notification.clock.advance(by: .seconds(Int64(60 * (1 + chance.draw(240)))))
      }
      let found = try await scene.notification.query(Self.broken, as: String.self)
      #expect(found.isEmpty, "seed \(seed): \(found)")
      let sent: Int = try await scene.notification.one(
        "select count(*) from notification where channel <> 'in_app' and sent_at is not null")
      #expect(sent > 20, "seed \(seed)")
    }
  }

  /// Zones around the world, own quiet hours, and devices.
  private static func disperse(_ scene: BroadcastScene, _ chance: inout Chance) async throws {
    let zones = [
      "Asia/Jakarta", "Asia/Jayapura", "America/New_York", "Europe/Berlin", "Pacific/Auckland", "Asia/Kolkata",
    ]
    for person in 1...12 {
      let (zone, start, end) = (zones[chance.draw(6)], chance.draw(24), chance.draw(24))
      try await scene.prefer("timezone = \(zone), promotions = \(chance.draw(6) > 0)", person)
      if chance.draw(2) == 0, start != end {
        let (begin, over) = ("\(start < 10 ? "0" : "")\(start):00", "\(end < 10 ? "0" : "")\(end):00")
        try await scene.prefer("quiet_enabled = true, quiet_start = \(begin), quiet_end = \(over)", person)
      }
      if chance.draw(2) == 0 {
        try await scene.notification.register("token-of-person-\(person)", for: sampleUser(person))
      }
    }
    try await scene.notification.write(
      "insert into refusal select user_id, '-infinity' from notification_preference where not promotions")
  }

  private static func refuse(_ person: Int, _ scene: BroadcastScene) async throws {
    let reply = try await scene.notification.call(
      "UpdatePreferences", body: ["promotions": false], caller: .user(sampleUser(person)))
    #expect(reply.status == 200)
    try await scene.notification.write(
      "insert into refusal values (\(sampleUser(person)), \(scene.notification.clock.now))")
  }

  /// Carriers that are busy now and then.
  private static func moody(_ seed: UInt64) -> Carriers.Answer {
    let mood = Mutex(Chance(state: ~seed))
    return { request in
      if request.upstream == "google-oauth" { return Carriers.letIn("in") }
      if mood.withLock({ $0.draw(4) }) == 0 { return UpstreamResponse(status: 503, headers: [], body: []) }
      if request.upstream == "sendgrid" { return UpstreamResponse(status: 202, headers: [], body: []) }
      return UpstreamResponse(status: 200, headers: [], body: Array("{}".utf8))
    }
  }

  private struct Chance {
    var state: UInt64

    mutating func draw(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(limit))
    }
  }

  /// State and next attempt of the only e-mail, in Jakarta.
  private static func letter(_ scene: BroadcastScene) async throws -> String {
    try await scene.notification.one(
      """
      select status || ' ' || attempts || coalesce(' ' || to_char(next_attempt_at at time zone 'Asia/Jakarta', 'DD HH24:MI'), '')
      from notification where channel = 'email'
      """)
  }

  @Test func `what was due by day and comes to be sent at night waits for the next day`() async throws {
    try await BroadcastScene.run { scene in
      try await scene.people(1)
      _ = try await scene.plan("sale", ["email"])
      try await scene.run()
      try await scene.go(to: "2027-01-11T13:00:01Z")
      try await scene.notification.fire("DispatchDue")
      #expect(try await Self.letter(scene) == "pending 0 12 09:00")
      #expect(scene.carriers.calls.isEmpty)
      try await scene.go(to: "2027-01-12T02:00:00Z")
      try await scene.notification.fire("DispatchDue")
      #expect(try await Self.letter(scene) == "sent 1")
      #expect(scene.carriers.names == ["sendgrid"])
    }
  }

  @Test func `a carrier that is busy in the evening is asked again in the morning`() async throws {
    try await BroadcastScene.run(at: "2027-01-11T12:30:00Z") { scene in
      try await scene.people(1)
      scene.carriers.answer = { _ in UpstreamResponse(status: 503, headers: [], body: []) }
      _ = try await scene.plan("sale", ["email"])
      try await scene.run()
      // The clock goes on while the test runs, and the first pause is 30 seconds give or take a tenth.
      try await scene.go(to: "2027-01-11T12:59:35Z")
      try await scene.notification.fire("DispatchDue")
      #expect(try await Self.letter(scene) == "pending 1 12 09:00")
    }
  }

  @Test(arguments: [true, false])
  func `what may have arrived keeps its share of the day, though it is tried again the next`(mayHaveArrived: Bool)
    async throws
  {
    try await BroadcastScene.run { scene in
      try await scene.people(1)
      scene.carriers.answer = { _ in throw UpstreamError(message: "no answer", mayHaveArrived: mayHaveArrived) }
      _ = try await scene.plan("sale", ["email"])
      try await scene.run()
      try await scene.go(to: "2027-01-11T12:59:25Z")
      try await scene.notification.fire("DispatchDue")
      try await scene.go(to: "2027-01-11T13:00:30Z")
      try await scene.notification.fire("DispatchDue")
      #expect(try await Self.letter(scene) == "pending 1 12 09:00")
      for number in 2...3 { _ = try await scene.plan("sale", key: "k\(number)") }
      try await scene.run()
      let shown: Int = try await scene.notification.one("select count(*) from notification where channel = 'in_app'")
      #expect(shown == (mayHaveArrived ? 1 : 2))
    }
  }

  @Test func `consent that is taken back before the letter goes out holds`() async throws {
    try await BroadcastScene.run(at: "2027-01-11T14:00:00Z") { scene in
      try await scene.people(1)
      _ = try await scene.plan("sale", ["email"])
      try await scene.run()
      #expect(try await Self.letter(scene) == "pending 0 12 09:00")
      _ = try await scene.notification.call(
        "UpdatePreferences", body: ["promotions": false], caller: .user(sampleUser(1)))
      try await scene.go(to: "2027-01-12T02:00:00Z")
      try await scene.notification.fire("DispatchDue")
      #expect(try await Self.letter(scene) == "cancelled 0")
      #expect(scene.carriers.calls.isEmpty)
    }
  }

  @Test func `of three that a day has become too late for, the next one takes two`() async throws {
    try await BroadcastScene.run { scene in
      try await scene.people(1)
      for number in 1...2 { _ = try await scene.plan("sale", ["email"], key: "k\(number)") }
      try await scene.run()
      // Made in the evening, for the next day.
      try await scene.go(to: "2027-01-11T13:30:00Z")
      _ = try await scene.plan("sale", ["email"], key: "k3")
      try await scene.run()
      try await scene.notification.fire("DispatchDue")
      try await scene.go(to: "2027-01-12T02:00:00Z")
      try await scene.notification.fire("DispatchDue")
      let states = try await scene.notification.query("select status from notification order by 1", as: String.self)
      #expect(states == ["cancelled", "sent", "sent"])
    }
  }

  @Test func `a push that wakes nobody at night wakes nobody when it is late either`() async throws {
    try await BroadcastScene.run { scene in
      try await scene.people(1)
      try await scene.notification.register("token-of-a-phone", for: sampleUser(1))
      try await scene.prefer("quiet_enabled = true", 1)
      _ = try await scene.plan("news", ["push"])
      try await scene.run()
      try await scene.go(to: "2027-01-11T15:00:00Z")
      try await scene.notification.fire("DispatchDue")
      let due: Instant = try await scene.notification.one("select next_attempt_at from notification")
      #expect(due == Instant("2027-01-12T01:00:00Z"))
      #expect(scene.carriers.calls.isEmpty)
    }
  }
}
