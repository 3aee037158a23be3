import EventLoop
import FunctionKit
import Postgres
import RelayTesting
import Runtime
import Testing

/// A bundle of jobs, each with a line in `run` to show for every time it ran.
enum Clockwork {
  static func bundle(_ crons: String) throws -> TestBundle {
    try TestBundle(
      "clockwork",
      functions: [.cron(Chime.self), .cron(Errand.self)],
      schema: """
        create table run (seq bigint generated always as identity, function text, tick timestamptz);
        create table conduct (function text primary key, what text not null);
        """,
      manifest: """
        bundle: clockwork
        summary: Runs by the clock.
        version: 1
        port: 4003
        database: clockwork_db
        crons:
        \(crons.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))
        """)
  }
}

struct Broken: Error {}

/// Says something that PostgreSQL can't store as text.
private struct Garbled: Error, CustomStringConvertible { let description = "it said \u{0}nothing\u{0} twice" }

private func obey(_ function: String, _ db: Database) async throws {
  while let order: String = try await db.first("select what from conduct where function = \(function)") {
    switch order {
    case "throw": throw Broken()
    case "trap": fatalError("it was told to")
    case "garble": throw Garbled()
    case "refuse": throw Problem(409, "invalid_state", "There is nothing to do.")
    case "wait": try await db.run("select pg_sleep(0.01)")
    default: return
    }
  }
}

/// Is one transaction.
struct Chime: CronJob {
  func handle(_ tick: Tick, context: Context) async throws {
    try await context.db.run("insert into run (function, tick) values ('Chime', \(tick.scheduledAt))")
    try await obey("Chime", context.db)
  }
}

/// Opens its own transaction.
struct Errand: CronJob {
  func handle(_ tick: Tick, context: Context) async throws {
    try await obey("Errand", context.db)
    try await context.transaction { transaction in
      _ = try await transaction.db.run("insert into run (function, tick) values ('Errand', \(tick.scheduledAt))")
    }
  }
}

struct TickRow: Decodable {
  let scheduledAt: Instant
  let status: String
  let attempts: Int
  let error: String?
  let skippedReason: String?
}

extension Platform {
  func runs(_ function: String) async throws -> [Instant] {
    try await rows("clockwork", "select tick from run where function = \(function) order by seq")
  }

  func ticks(_ function: String) async throws -> [TickRow] {
    try await rows(
      "clockwork",
      """
      select scheduled_at, status, attempts, error, skipped_reason from lakoo.cron_tick
      where function = \(function) and status <> 'seen' order by 1
      """)
  }

  func order(_ what: String, _ function: String) async throws {
    try await write(
      "clockwork",
      "insert into conduct values (\(function), \(what)) on conflict (function) do update set what = excluded.what")
  }

  func liftOrder(_ function: String) async throws {
    try await write("clockwork", "delete from conduct where function = \(function)")
  }

  /// Moves the clock forward to a moment.
  func advance(to moment: Instant) { advance(by: moment - clock.now) }
}

/// Runs the body on hosts whose clock stands half an hour after a full hour.
func withClockwork(
  _ crons: String, hosts: Int = 1, options: PoolOptions = PoolOptions(),
  _ body: @escaping @Sendable (Platform, _ hour: Instant) async throws -> Void
) async throws {
  try await withPlatform([Clockwork.bundle(crons)], hosts: hosts, options: options) { platform in
    let hour = Instant(seconds: (platform.clock.now.seconds / 3600 + 1) * 3600)
    platform.advance(to: hour + .minutes(30))
    try await body(platform, hour)
  }
}
