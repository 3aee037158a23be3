internal import FunctionKit

/// The row of one firing. Whoever inserts it runs it; who dies while running leaves a lease that runs out.
enum CronTick {
  /// The latest firing that this database knows of.
  static func last(_ function: String) -> SQL {
    "select max(scheduled_at) from lakoo.cron_tick where function = \(function)"
  }

  /// Puts down since when a function is known, so that its first firing can be missed and made up for like any other.
  static func seen(_ function: String, at moment: Instant) -> SQL {
    """
    insert into lakoo.cron_tick (function, scheduled_at, status, attempts, started_at, lease_until)
    values (\(function), \(moment), 'seen', 0, \(moment), \(moment)) on conflict do nothing
    """
  }

  /// Claims the firing, or takes it over from a host that died; gives a row only to the one who has it. A claim that is
  /// not committed yet keeps all others of the function off, rather than waiting, and so does another firing that still runs.
  static func claim(_ function: String, _ scheduledAt: Instant, now: Instant, lease: Duration) -> SQL {
    let milliseconds = Int(lease.microseconds / 1000)
    return """
      insert into lakoo.cron_tick as tick (function, scheduled_at, started_at, lease_until)
      select \(function), \(scheduledAt), \(now), clock_timestamp() + \(milliseconds) * interval '1 millisecond'
      where pg_try_advisory_xact_lock(hashtextextended('lakoo.cron_tick ' || \(function), 0))
        and not exists (
          select 1 from lakoo.cron_tick other
          where other.function = \(function) and other.scheduled_at <> \(scheduledAt)
            and other.status = 'running' and other.lease_until > clock_timestamp())
      on conflict (function, scheduled_at) do update
        set attempts = tick.attempts + 1, started_at = excluded.started_at, lease_until = excluded.lease_until
        where tick.status = 'running' and tick.lease_until < clock_timestamp()
      returning attempts
      """
  }

  /// Gives a firing up that the host has no time to finish, so that the next one to look takes it over.
  static func letGo(_ function: String, _ scheduledAt: Instant) -> SQL {
    """
    update lakoo.cron_tick set lease_until = clock_timestamp()
    where function = \(function) and scheduled_at = \(scheduledAt) and status = 'running'
    """
  }

  static func done(_ function: String, _ scheduledAt: Instant, now: Instant) -> SQL {
    """
    update lakoo.cron_tick set status = 'done', finished_at = \(now), error = null
    where function = \(function) and scheduled_at = \(scheduledAt)
    """
  }

  /// The claim of a firing that was one transaction is gone with it, and may be another host's by now.
  static func failed(_ function: String, _ scheduledAt: Instant, now: Instant, error: String) -> SQL {
    """
    insert into lakoo.cron_tick as tick (function, scheduled_at, status, started_at, finished_at, lease_until, error)
    values (\(function), \(scheduledAt), 'failed', \(now), \(now), \(now), \(String(error.prefix(1000))))
    on conflict (function, scheduled_at) do update
      set status = excluded.status, finished_at = excluded.finished_at, error = excluded.error
      where tick.status = 'running'
    """
  }

  /// Firings whose host died while it ran them.
  static func abandoned(_ function: String) -> SQL {
    """
    select scheduled_at from lakoo.cron_tick
    where function = \(function) and status = 'running' and lease_until < clock_timestamp()
    order by scheduled_at desc limit 1
    """
  }
}
