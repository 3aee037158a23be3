import FunctionKit
import FunctionTesting
import Runtime
import Synchronization
import Testing

@testable import NotificationFunctions

/// Users of many zones with hours of their own are told all sorts of things at any time, by carriers that fail now and
/// then: nobody is woken, what was put off comes when the hours are over, and advertising keeps to its day.
@Suite struct QuietPropertyTests {
  /// Zones without summer time, and their minutes from UTC.
  private static let zones = [
    ("Asia/Jakarta", 420), ("Asia/Makassar", 480), ("Asia/Jayapura", 540), ("Asia/Kathmandu", 345),
    ("America/Bogota", -300), ("Pacific/Kiritimati", 840),
  ]

  private struct Person {
    var id: ID
    var zone: Int
    var start: Int
    var end: Int

    /// The minute of the day where the person is.
    func minute(_ at: Instant) -> Int {
      let seconds = at.seconds + Int64(QuietPropertyTests.zones[zone].1) * 60
      return Int((seconds % 86_400 + 86_400) % 86_400 / 60)
    }

    func day(_ at: Instant) -> Int64 { (at.seconds + Int64(QuietPropertyTests.zones[zone].1) * 60) / 86_400 }

    func isQuiet(_ at: Instant) -> Bool {
      let minute = minute(at)
      return start < end ? (start..<end).contains(minute) : minute >= start || minute < end
    }
  }

  private struct Sent: Decodable {
    var userId: ID
    var channel: Channel
    var category: Category
    var priority: Priority
    var occasion: String
    /// When it was handed to its carrier.
    var at: Instant
    /// Unless the carrier has said that it took nothing.
    var mayHaveArrived: Bool
  }

  @Test(arguments: [802_746, UInt64.random(in: 1...999_999)])
  func `nobody is woken, and advertising keeps to its day`(seed: UInt64) async throws {
    try await withDispatch { notification, carriers in
      var chance = Chance(state: seed)
      try await notification.go(to: "2027-01-10T17:00:00Z")
      let begin = notification.clock.now
      let people = try await Self.settle(&chance, notification)
      let calls = Mutex(0)
      carriers.answer = { request in
        let number = calls.withLock {
          $0 += 1
          return $0
        }
        if request.upstream == "google-oauth" { return Carriers.letIn("t") }
        if number.isMultiple(of: 5) { return UpstreamResponse(status: 503, headers: [], body: []) }
        let body = #"{"sid":"SM\#(number)","name":"m/\#(number)","key":{"id":"w\#(number)"}}"#
        return UpstreamResponse(status: request.upstream == "fcm" ? 200 : 201, headers: [], body: Array(body.utf8))
      }
      for step in 0..<72 {  // three days, by unequal steps
        for _ in 0..<2 { try await Self.tell(people[chance.draw(people.count)], step, &chance, notification) }
        notification.clock.advance(by: .seconds(Int64(15 + chance.draw(90)) * 60))
        try await notification.fire("DispatchDue")
      }
      let sent: [Sent] = try await notification.query(
        """
        select user_id, notification.channel, category, priority, occasion, delivery.created_at as at,
          delivery.status <> 'failed' as may_have_arrived
        from notification join delivery on notification_id = notification.id
        where notification.channel <> 'in_app' order by delivery.created_at
        """)
      #expect(sent.count > 100)
      Self.check(sent, people, seed)
      try await Self.checkDues(notification, people, since: begin, seed)
    }
  }

  private static func settle(_ chance: inout Chance, _ notification: BundleUnderTest) async throws -> [Person] {
    var people: [Person] = []
    for number in 0..<12 {
      let id = sampleUser(3_000 + number)
      let start = chance.draw(1440)
      let person = Person(
        id: id, zone: chance.draw(zones.count), start: start, end: (start + 30 + chance.draw(700)) % 1440)
      try await notification.introduce(id)
      try await notification.write(
        """
        update notification_preference set quiet_enabled = true, quiet_start = \(clock(person.start)),
          quiet_end = \(clock(person.end)), timezone = \(zones[person.zone].0) where user_id = \(id)
        """)
      people.append(person)
    }
    return people
  }

  private static func tell(
    _ person: Person, _ step: Int, _ chance: inout Chance, _ notification: BundleUnderTest
  ) async throws {
    if chance.draw(2) == 0 {
      return try await notification.handle(
        "NotifyShopper", type: "cart.abandoned",
        data: [
          "userId": .string("\(person.id)"), "cartId": .string("\(sampleUser(9))"), "itemCount": 2, "cartValue": 50_000,
        ])
    }
    let priority = ["low", "normal", "high", "urgent"][chance.draw(4)]
    var body: JSONObject = [
      "userId": .string("\(person.id)"), "title": "T", "message": "M", "priority": .string(priority),
      "channels": ["push", "whatsapp", "sms", "email"],
    ]
    if chance.draw(3) == 0 {
      let ahead = Duration.seconds(Int64(chance.draw(24 * 60)) * 60)
      body["scheduledFor"] = .string("\(notification.clock.now + ahead)")
    }
    let reply = try await notification.call(
      "SendNotification", body: .object(body), caller: .service, key: "\(step)-\(notification.newID())")
    #expect(reply.status == 202)
  }

  /// Of what each carrier was handed.
  private static func check(_ sent: [Sent], _ people: [Person], _ seed: UInt64) {
    let people = Dictionary(uniqueKeysWithValues: people.map { ($0.id, $0) })
    var advertised: [String: Set<String>] = [:]
    for message in sent {
      guard let person = people[message.userId] else { continue }
      if message.channel != .email, [.low, .normal].contains(message.priority) {
        #expect(!person.isQuiet(message.at), "seed \(seed): \(person), \(message)")
      }
      guard message.category == .marketing else { continue }
      #expect((9 * 60..<20 * 60).contains(person.minute(message.at)), "seed \(seed): \(person), \(message)")
      guard message.mayHaveArrived else { continue }
      advertised["\(person.id) \(person.day(message.at))", default: []].insert(message.occasion)
    }
    #expect(!advertised.isEmpty && advertised.values.allSatisfy { $0.count <= 2 }, "seed \(seed): \(advertised)")
  }

  /// What was put off from a quiet moment is due at a moment that is not, with a quiet one right before it.
  private static func checkDues(
    _ notification: BundleUnderTest, _ people: [Person], since begin: Instant, _ seed: UInt64
  ) async throws {
    struct Due: Decodable {
      var userId: ID
      var createdAt: Instant
      var dueAt: Instant
    }
    let dues: [Due] = try await notification.query(
      """
      select user_id, created_at, due_at from notification
      where channel in ('push', 'whatsapp', 'sms') and priority in ('low', 'normal') and category <> 'marketing'
        and scheduled_for is null
      """)
    let people = Dictionary(uniqueKeysWithValues: people.map { ($0.id, $0) })
    var putOff = 0
    for due in dues {
      guard let person = people[due.userId], person.isQuiet(due.createdAt) else { continue }
      putOff += 1
      #expect(
        due.dueAt.microseconds % 60_000_000 == 0 && person.minute(due.dueAt) == person.end, "seed \(seed): \(due)")
      #expect(due.dueAt > due.createdAt && due.dueAt - due.createdAt <= .days(1), "seed \(seed): \(due)")
    }
    #expect(putOff > 0, "seed \(seed)")
  }

  private static func clock(_ minutes: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(minutes / 60)):\(two(minutes % 60))"
  }

  private struct Chance {
    var state: UInt64

    mutating func draw(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(limit))
    }
  }
}
