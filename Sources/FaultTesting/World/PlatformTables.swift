internal import FunctionKit

/// Everything that is said here about the platform's own tables.
enum PlatformTables {
  /// What has come in and is still to be done.
  static let pending: SQL = "select count(*) from lakoo.pending"

  /// What was given up on.
  static let dead: SQL = "select count(*) from lakoo.dead_letter"

  /// How far a bundle's functions have read the others' outboxes.
  static let subscriptions: SQL =
    "select source, function, since::text, low::text, high::text, seq from lakoo.subscription"

  struct Subscription: Decodable, Sendable {
    var source: String
    var function: String
    var since: String
    var low: String
    var high: String
    var seq: Int64

    /// What the source's outbox has for the function that it has not read yet.
    func unread(_ types: [String]) -> SQL {
      """
      select count(*) from lakoo.outbox
      where type = any(\(types)::text[]) and time >= \(since)::timestamptz
        and not pg_visible_in_snapshot(xid, \(low)::pg_snapshot)
        and not (seq <= \(seq) and pg_visible_in_snapshot(xid, \(high)::pg_snapshot))
      """
    }
  }

  /// Has every event of an outbox delivered anew.
  static let deliverAnew: SQL = "update lakoo.outbox_state set epoch = epoch + 1"

  /// Ends the leases of hosts that are gone, as time would. Nothing of them may still run.
  static let endLeases: [SQL] = [
    "update lakoo.cron_tick set lease_until = clock_timestamp() where status = 'running'",
    "update lakoo.idempotency set lease_until = clock_timestamp() where status is null",
  ]
}
