internal import FunctionKit
internal import Postgres
internal import Runtime

/// What of one bundle's outbox has not reached another's inbox yet.
public struct Unread: Codable, Sendable, Hashable {
  /// Whose outbox it is.
  public let source: String
  /// Whose functions wait for it.
  public let bundle: String
  /// Events, as the function sees it that is the furthest behind; never more than ``limit``.
  public internal(set) var events = 0
  /// Milliseconds since the oldest of them was emitted.
  public internal(set) var age: Int64 = 0

  /// What is counted at most, so that a look costs little however much there is.
  public static let limit = 10_000

  mutating func include(_ count: Outbox.Unread) {
    events = max(events, count.events)
    age = max(age, count.age)
  }
}

extension Outbox {
  struct Unread: Decodable {
    let events: Int
    let age: Int64
  }

  /// How much those who stand at one place have not taken in yet.
  func unread(by group: [Subscription], now: Instant) async throws -> Unread? {
    guard let first = group.first else { return nil }
    let cursor = first.cursor
    return try await pool.read(
      """
      select count(*)::int as events,
        coalesce(greatest(0, extract(epoch from \(now)::timestamptz - min(time)) * 1000), 0)::bigint as age
      from (
        select time from lakoo.outbox
        where xid >= pg_snapshot_xmin(\(cursor.low)::pg_snapshot)
          and not pg_visible_in_snapshot(xid, \(cursor.low)::pg_snapshot)
          and not (seq <= \(cursor.seq) and pg_visible_in_snapshot(xid, \(cursor.high)::pg_snapshot))
          and time >= coalesce(\(first.place.since)::timestamptz, '-infinity') and type = any(\(group.types)::text[])
        order by xid limit \(EventRelay.Unread.limit)) unread
      """, timeout: .seconds(1)
    ).rows.first?.decode()
  }
}

extension Intake {
  func unread() async throws -> Unread {
    var unread = Unread(source: source, bundle: bundle.name)
    for group in try await store.known(functions).groups {
      if let count = try await outbox.unread(by: group, now: services.clock.now) { unread.include(count) }
    }
    return unread
  }
}

extension Relay {
  /// How far every bundle's events have come. Where a database can't be asked, nothing is said.
  public func unread() async -> [Unread] {
    await withTaskGroup(of: Unread?.self) { group in
      for intake in looks { group.addTask { try? await intake.unread() } }
      return await group.reduce(into: []) { all, unread in if let unread { all.append(unread) } }
    }
  }
}
