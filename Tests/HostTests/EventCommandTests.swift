import FaultTesting
import Foundation
import FunctionKit
import Testing

/// What an operator sees and does of events that were given up, at the admin port and through `lakoo events`.
@Suite(.serialized) struct `lakoo events` {
  private static let target = "notification/WelcomeUser"
  private static let user = "018f2f5e-7b1a-7c3d-9e4f-0123456789ab"

  @Test func `lists what was given up, has it tried anew, replays it and forgets it`() async throws {
    let host = try RunningHost()
    defer { host.cleanUp() }
    try host.start()
    #expect(try events(host, ["dead", "notification"]) == CommandOutcome(0, "no dead letters\n"))
    let id = try await die(host, order: "018f2f5e-0000-7000-8000-000000000001")
    try list(host, id)
    try await redrive(host, id)
    try await replay(host)
    try await purge(host)
    try refuse(host)
  }

  private func list(_ host: RunningHost, _ id: String) throws {
    let text = try events(host, ["dead", "notification"]).output
    #expect(
      text == """
        \(id) WelcomeUser user.registered key PAY-1, release r1, later events of the key wait
          the printer is out of paper

        """)
    let json = try JSON.parse(Array(events(host, ["dead", "notification", "-o", "json"]).output.utf8))
    let letter = try #require(json[0])
    #expect(letter["id"]?.string == id)
    #expect(letter["attempts"]?.int == 8)
    #expect(letter["blocks"] == .bool(true))
    #expect(letter["data"]?.string?.contains("Sari") == true)
    #expect(try events(host, ["dead", "notification", "--key", "PAY-2"]).output == "no dead letters\n")
  }

  private func redrive(_ host: RunningHost, _ id: String) async throws {
    #expect(try events(host, ["redrive", Self.target, "--id", id]) == CommandOutcome(0, "1 are tried anew\n"))
    try await waitUntil("the user is greeted") { try await told(host) == 1 }
    #expect(try events(host, ["dead", "notification"]).output == "no dead letters\n")
    try await waitUntil("it is done") {
      try await host.value(
        in: "notification", "select count(*) from lakoo.delivery where id = \(id)::uuid and status = 'done'") == 1
    }
  }

  private func replay(_ host: RunningHost) async throws {
    try await host.write(in: "notification", "truncate notification cascade")
    let since = ["--since", "2026-01-01T00:00:00Z"]
    let rehearsal = try events(host, ["replay", Self.target, "--dry-run"] + since)
    #expect(rehearsal.status == 0)
    #expect(rehearsal.output.hasPrefix("2026-01-15T08:41:10.250Z user.registered PAY-1\n"), "\(rehearsal.output)")
    #expect(rehearsal.output.contains("  1 rows: insert into notification ("), "\(rehearsal.output)")
    #expect(rehearsal.output.contains("  emits notification.sent {"), "\(rehearsal.output)")
    #expect(try await told(host) == 0)
    let replay = try events(host, ["replay", Self.target] + since)
    #expect(replay == CommandOutcome(0, "1 events come once more to \(Self.target)\n"))
    try await waitUntil("the user is greeted once more") { try await told(host) == 1 }
    let whole = try events(host, ["replay", "notification"] + since)
    #expect(whole == CommandOutcome(2, "say which function: notification/Function\n"))
  }

  private func purge(_ host: RunningHost) async throws {
    _ = try await die(host, order: "018f2f5e-0000-7000-8000-000000000002")
    let unanswered = try events(host, ["purge", "notification"])
    #expect(unanswered.status == 1)
    #expect(unanswered.output.contains("Forget 1 dead letters of notification for good? [y/N]"), "\(unanswered.output)")
    #expect(unanswered.output.contains("nothing was purged; answer y, or say -y\n"), "\(unanswered.output)")
    #expect(try await host.value(in: "notification", "select count(*) from lakoo.dead_letter") == 1)
    #expect(try events(host, ["purge", "notification", "-y"]) == CommandOutcome(0, "1 are forgotten\n"))
    #expect(try await host.value(in: "notification", "select count(*) from lakoo.dead_letter") == 0)
  }

  private func refuse(_ host: RunningHost) throws {
    #expect(
      try events(host, ["dead", "notifications"])
        == CommandOutcome(1, "This host has no bundle notifications with a database.\n"))
    #expect(
      try events(host, ["redrive", "notification/Notify"])
        == CommandOutcome(1, "Bundle notification has no function Notify.\n"))
    let silent = try events(host, ["replay", "notification/ListNotifications", "--since", "2026-01-01T00:00:00Z"])
    #expect(silent == CommandOutcome(1, "ListNotifications handles no events, so there is nothing to replay.\n"))
    #expect(try HTTP.get(host.port(.admin), "/events/notification/dead").status == 401)
    let path = "/events/notification/dead?limit=0"
    #expect(try HTTP.get(host.port(.admin), path, headers: HTTP.admin).status == 422)
  }

  private func told(_ host: RunningHost) async throws -> Int {
    try await host.value(
      in: "notification", "select count(*) from notification where user_id = \(Self.user)::uuid and channel = 'in_app'"
    )
  }

  /// Leaves an event as if its function had given it up.
  private func die(_ host: RunningHost, order: String) async throws -> String {
    let id = order.replacing("0000-7000", with: "0000-7001")
    let choices = #""locale":"id","marketingOptIn":false,"registeredAt":"2026-01-15T08:41:10.250Z""#
    let data = #"{"userId":"\#(Self.user)","displayName":"Sari",\#(choices)}"#
    try await host.write(
      in: "notification",
      """
      insert into lakoo.dead_letter (id, function, seq, type, source, subject, key, time, data, received_at, attempts,
        errors, release, died_at, blocks)
      values (\(id)::uuid, 'WelcomeUser', nextval('lakoo.inbox_order'), 'user.registered', '/services/auth', 'PAY-1',
        'PAY-1', '2026-01-15T08:41:10.250Z', convert_to(\(data), 'UTF8'), now(), 8, '{the printer is out of paper}', 'r1',
        now(), true)
      """)
    return id
  }

  private func events(_ host: RunningHost, _ arguments: [String]) throws -> CommandOutcome {
    try host.run(["events"] + arguments)
  }
}
