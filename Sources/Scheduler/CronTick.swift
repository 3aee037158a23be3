internal import FunctionKit

/// The row of one firing. Whoever inserts it runs it; who dies while running leaves a lease that runs out.
enum CronTick {
  /// The latest firing that this database knows of.
  static func last(_ function: String) -> SQL {
    "select max(scheduled_at) from lakoo.cron_tick where function = \(function)"
  }

  /// Claims the firing, or takes it over from a host that died; gives a row only to the one who has it.
  static func claim(_ function: String, _ scheduledAt: Instant, now: Instant, lease: Duration) -> SQL {
    let milliseconds = Int(lease.microseconds / 1000)
    return """
      insert into lakoo.cron_tick as tick (function, scheduled_at, started_at, lease_until)
      values (\(function), \(scheduledAt), \(now), clock_timestamp() + \(milliseconds) * interval '1 millisecond')
      on conflict (function, scheduled_at) do update
        set attempts = tick.attempts + 1, started_at = excluded.started_at, lease_until = excluded.lease_until
        where tick.status = 'running' and tick.lease_until < clock_timestamp()
      returning attempts
      """
  }

  static func done(_ function: String, _ scheduledAt: Instant, now: Instant) -> SQL {
    """
    update lakoo.cron_tick set status = 'done', finished_at = \(now), error = null
    where function = \(function) and scheduled_at = \(scheduledAt)
    """
  }

  static func failed(_ function: String, _ scheduledAt: Instant, now: Instant, error: String) -> SQL {
    """
    update lakoo.cron_tick set status = 'failed', finished_at = \(now), error = \(String(error.prefix(1000)))
    where function = \(function) and scheduled_at = \(scheduledAt)
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
