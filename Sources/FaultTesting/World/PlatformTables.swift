internal import FunctionKit

/// Everything that is said here about the platform's own tables.
enum PlatformTables {
  /// How much still waits: events that no inbox has yet, and what inboxes have to do.
  static let open: SQL = """
    select (select count(*) from lakoo.inbox where status = 'pending')
      + (select count(*) from lakoo.outbox where not pg_visible_in_snapshot(
          xid, coalesce((select low from lakoo.relay_cursor where name = 'local'), '1:1:'::pg_snapshot)))
    """

  /// What was given up on.
  static let dead: SQL = "select count(*) from lakoo.inbox where status = 'dead'"

  /// Has the relay deliver every event anew.
  static let forgetDeliveries: SQL =
    "update lakoo.relay_cursor set low = '1:1:', high = '1:1:', seq = 0 where name = 'local'"

  /// Ends the leases of hosts that are gone, as time would. Nothing of them may still run.
  static let endLeases: [SQL] = [
    "update lakoo.cron_tick set lease_until = clock_timestamp() where status = 'running'",
    "update lakoo.idempotency set lease_until = clock_timestamp() where status is null",
  ]
}
