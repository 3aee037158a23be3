import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import NotificationFunctions

/// Many people, two who write to them, and carriers, on a day whose hours the test names.
struct BroadcastScene: Sendable {
  let notification: BundleUnderTest
  let carriers: Carriers
  let planner = Caller(userID: staff(1), role: .admin)
  let approver = Caller(userID: staff(2), role: .admin)

  /// Begins on a Monday at 10:00 in Jakarta. `sale` advertises, `news` does not; both are in Indonesian and English.
  static func run(
    at begin: String = "2027-01-11T03:00:00Z", _ body: @escaping @Sendable (BroadcastScene) async throws -> Void
  ) async throws {
    try await withDispatch { notification, carriers in
      let scene = BroadcastScene(notification: notification, carriers: carriers)
      try await scene.go(to: begin)
      try await scene.write("sale", "marketing", "Obral")
      try await scene.write("news", "system", "Kabar")
      try await body(scene)
    }
  }

  func go(to moment: String) async throws {
    let time = try #require(Instant(moment))
    notification.clock.advance(by: .microseconds(time.microseconds - notification.clock.now.microseconds))
  }

  /// Puts a template to use in both languages, instead of what is in use.
  func write(_ code: String, _ category: String, _ title: String, priority: String = "normal") async throws {
    try await retire(code)
    for locale in ["id", "en"] {
      try await notification.write(
        """
        insert into notification_template (id, code, locale, version, name, type, category, title_tpl, body_tpl, html_tpl,
          channels, priority, variables, status, created_at, updated_at)
        select \(notification.newID()), \(code), \(locale), count(*) + 1, \(code), 'promotion', \(category),
          \(title) || ' ' || \(locale), 'Hai {{name}}', '<p>Hai {{name}}</p>', '{in_app,push,email,whatsapp}', \(priority),
          '{"name": {"type": "text", "required": false}}', 'active', now(), now()
        from notification_template where code = \(code) and locale = \(locale)
        """)
    }
  }

  func retire(_ code: String) async throws {
    try await notification.write(
      "update notification_template set status = 'retired' where code = \(code) and status = 'active'")
  }

  /// People 1 to `count`, who can be reached by e-mail and want everything.
  func people(_ count: Int) async throws {
    let ids = (1...count).map(sampleUser)
    try await notification.write(
      """
      insert into recipient (user_id, display_name, email, known_at, created_at, updated_at)
      select id, 'Orang', id || '@example.com', now(), \(notification.clock.now), now() from unnest(\(ids)::uuid[]) as id
      """)
    try await notification.write(
      """
      insert into notification_preference (user_id, created_at, updated_at)
      select id, now(), now() from unnest(\(ids)::uuid[]) as id
      """)
  }

  func prefer(_ change: SQL, _ person: Int) async throws {
    try await notification.write("update notification_preference set \(change) where user_id = \(sampleUser(person))")
  }

  func create(
    _ code: String = "news", _ channels: JSON = ["in_app"], to audience: JSON = ["segment": "everyone"],
    at moment: String? = nil, key: String = "k"
  ) async throws -> TestReply {
    var body: JSONObject = ["templateCode": .string(code), "channels": channels, "audience": audience]
    body["scheduledFor"] = moment.map(JSON.string)
    return try await notification.call("CreateBroadcast", body: .object(body), caller: planner, key: key)
  }

  /// Plans a broadcast and has it agreed to, if it needs to be.
  func plan(
    _ code: String = "news", _ channels: JSON = ["in_app"], to audience: JSON = ["segment": "everyone"],
    at moment: String? = nil, key: String = "k"
  ) async throws -> String {
    let made = try await create(code, channels, to: audience, at: moment, key: key)
    #expect(made.status == 201, "\(made.json)")
    let id = made.data["id"]?.string ?? ""
    if made.data["status"] == "draft" { #expect(try await approve(id).status == 200) }
    return id
  }

  func approve(_ id: String, by caller: Caller? = nil, headers: [String: String] = [:]) async throws -> TestReply {
    try await notification.call(
      "ApproveBroadcast", path: [("id", id)], caller: caller ?? approver, headers: headers)
  }

  func cancel(_ id: String, headers: [String: String] = [:]) async throws -> TestReply {
    try await notification.call("CancelBroadcast", path: [("id", id)], caller: planner, headers: headers)
  }

  /// A minute's run.
  func run() async throws { try await notification.fire("RunBroadcasts") }

  /// State and counters: people in all, processed and skipped, messages sent and failed.
  func progress(_ id: String) async throws -> String {
    let data = try await notification.call("GetBroadcast", path: [("id", id)], caller: planner).data
    let counts = ["total", "processed", "skipped", "sent", "failed"].map { "\(data[$0]?.int ?? -1)" }
    return ([data["status"]?.string ?? "?"] + counts).joined(separator: " ")
  }

  /// Who has how many messages, told by their numbers.
  func told() async throws -> [Int] {
    let users = try await notification.query(
      "select user_id from notification where cancel_key like 'broadcast:%' order by user_id, channel", as: ID.self)
    let numbers = Dictionary(uniqueKeysWithValues: (1...4_000).map { (sampleUser($0), $0) })
    return users.map { numbers[$0] ?? 0 }.sorted()
  }

  func history(_ id: String) async throws -> [String] {
    try await notification.query(
      """
      select coalesce(from_state, '-') || ' ' || to_state || ' ' || trigger || ' ' || actor from state_history
      where entity = 'broadcast' and entity_id = \(id)::uuid order by id
      """)
  }

  /// Has the database refuse every message to somebody, with an error of a kind.
  func refuse(_ person: Int, with code: String) async throws { try await refuse([person], with: code) }

  func refuse(_ people: [Int], with code: String) async throws {
    let ids = people.map { "'\(sampleUser($0))'" }.joined(separator: ",")
    try await refuse("new.user_id in (\(ids))", with: code)
  }

  /// The same to everybody.
  func refuseAll(with code: String) async throws { try await refuse("true", with: code) }

  private func refuse(_ condition: String, with code: String) async throws {
    try await notification.write(
      SQL(
        stringLiteral: """
          create or replace function refuse() returns trigger language plpgsql as $$ begin
            if \(condition) then raise exception using errcode = '\(code)', message = 'refused';
            end if;
            return new;
          end $$
          """))
    try await notification.write(
      "create trigger refuse before insert on notification for each row execute function refuse()")
  }

  func refuseNobody() async throws { try await notification.write("drop trigger refuse on notification") }
}

/// Nobody of those who are written to.
func staff(_ number: UInt64) -> ID { ID(at: Instant(seconds: 1_700_000_000), random: (number, 7)) }
