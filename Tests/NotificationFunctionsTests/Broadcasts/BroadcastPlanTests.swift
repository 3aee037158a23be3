import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import NotificationFunctions

/// A minute's run costs what it tells, however many people and messages there are.
@Suite struct BroadcastPlanTests {
  private static func fill(_ scene: BroadcastScene) async throws {
    for statement in [
      """
      insert into recipient (user_id, created_at, updated_at)
      select md5(n::text)::uuid, now(), now() from generate_series(1, 50000) n
      """,
      """
      insert into notification_preference (user_id, newsletter, created_at, updated_at)
      select user_id, get_byte(uuid_send(user_id), 15) = 0, now(), now() from recipient on conflict do nothing
      """,
      """
      insert into device (id, user_id, platform, token, token_hash, last_seen_at, created_at, updated_at)
      select gen_random_uuid(), user_id, 'web', 'token-0123456789', encode(sha256(user_id::text::bytea), 'hex'), now(), now(),
        now()
      from recipient
      """,
      """
      insert into broadcast (id, template_code, template_ids, category, channels, audience, scheduled_for, status, total,
        created_by, created_at, updated_at, finished_at, settled_at)
      select gen_random_uuid(), 'news', array[gen_random_uuid()], 'system', '{in_app}', '{"segment": "everyone"}', now(),
        'completed', 0, gen_random_uuid(), now(), now(), now(), now()
      from generate_series(1, 20000)
      """,
      """
      insert into notification (id, feed_position, user_id, type, category, channel, title, body, due_at, cancel_key, status,
        dedupe_key, created_at, updated_at)
      select id, id, gen_random_uuid(), 'system', 'system', 'email', '', '', now(), 'broadcast:' || n % 100, 'sent', id, now(),
        now()
      from (select n, gen_random_uuid() as id from generate_series(1, 50000) n offset 0) as one
      """,
    ] as [SQL] { try await scene.notification.write(statement) }
    for table in ["recipient", "notification_preference", "device", "broadcast", "notification"] {
      try await scene.notification.write(SQL(stringLiteral: "analyze \(table)"))
    }
  }

  @Test func `nothing that is done each minute reads a table as a whole`() async throws {
    try await BroadcastScene.run { scene in
      try await scene.people(5)
      try await Self.fill(scene)
      let now = scene.notification.clock.now
      var statements: [(String, SQL)] = [
        ("what is due", BroadcastRecord.due(at: now)), ("what is next", BroadcastRecord.next(but: [sampleUser(1)])),
        ("readers", DigestNewsletter.readers(after: sampleUser(1), limit: 500)),
        ("a week", DigestFacts.find(sampleUser(1), DigestWeek(before: now))),
        ("what became of messages", "select \(BroadcastView.columns) from broadcast where id = \(sampleUser(1))"),
        ("a state", "select id from broadcast where status = 'running' order by id desc limit 21"),
        ("what is over", "select id from broadcast where settled_at is null and finished_at < \(now)"),
      ]
      // Where few take the newsletter, reading everybody once is the cheaper way to find them.
      for segment in BroadcastSegment.allCases where segment != .newsletter {
        let broadcast = BroadcastRecord(
          id: sampleUser(1), templateCode: "news", templateIds: [], category: .system, channels: [.inApp],
          segment: segment, scheduledFor: now, status: .running, cursor: sampleUser(1), createdBy: sampleUser(1),
          version: 1, createdAt: now)
        statements.append((segment.rawValue, broadcast.members(upTo: 300)))
      }
      for (name, statement) in statements {
        let plan = try await scene.notification.query("explain (costs off) \(statement)", as: String.self)
          .joined(separator: "\n")
        for table in ["recipient", "notification_preference", "device", "broadcast", "notification", "social_batch"] {
          #expect(!plan.contains("Seq Scan on \(table)"), "\(name): \(plan)")
        }
      }
    }
  }
}
