internal import FunctionKit

/// The row of one run. Whoever claims it runs it; who dies while running leaves a lease that runs out.
enum CronTick {
  /// Claims the run, or takes it over from a host that died; gives a row only to the one who has it. Of a function whose
  /// runs must not overlap, nothing starts before all earlier ones are over.
  static func claim(
    _ run: OpenRun, of function: String, beside others: Bool, by runner: String, now: Instant, lease: Duration
  ) -> SQL {
    let milliseconds = Int(lease.microseconds / 1000)
    return """
      update lakoo.cron_tick
      set status = 'running', attempts = attempts + 1, runner = \(runner), started_at = \(now), finished_at = null,
        lease_until = clock_timestamp() + \(milliseconds) * interval '1 millisecond'
      where id = (
          select id from lakoo.cron_tick
          where id = \(run.id) and coalesce(next_attempt_at, scheduled_at) <= \(now)
            and (status = 'pending' or status = 'running' and lease_until < clock_timestamp())
          for update skip locked)
        and (\(others) or not exists (
          select 1 from lakoo.cron_tick before
          where before.function = \(function) and before.id < \(run.id) and before.status in ('pending', 'running')))
      returning attempts, failures
      """
  }

  /// Has the run for a while longer. No row when another host has it.
  static func renew(_ run: OpenRun, _ claim: Claim, lease: Duration) -> SQL {
    """
    update lakoo.cron_tick
    set lease_until = clock_timestamp() + \(Int(lease.microseconds / 1000)) * interval '1 millisecond'
    where id = \(run.id) and status = 'running' and attempts = \(claim.attempts) returning 1
    """
  }

  /// Keeps the claim for as long as the transaction lasts that has the effects of the run, and no longer: a host that dies
  /// leaves a run that another one takes over at once. No row when another one has.
  static func hold(_ run: OpenRun, _ claim: Claim) -> SQL {
    """
    select 1 from lakoo.cron_tick where id = \(run.id) and status = 'running' and attempts = \(claim.attempts)
    for update skip locked
    """
  }

  /// Gives a run up that the host has no time to finish, so that the next one to look takes it over.
  static func letGo(_ run: OpenRun, _ claim: Claim) -> SQL {
    """
    update lakoo.cron_tick set lease_until = clock_timestamp()
    where id = \(run.id) and status = 'running' and attempts = \(claim.attempts)
    """
  }

  /// Gives up a claim of which nobody knows whether it was committed.
  static func unclaim(_ run: OpenRun, by runner: String, at started: Instant) -> SQL {
    """
    update lakoo.cron_tick set lease_until = clock_timestamp()
    where id = \(run.id) and status = 'running' and runner = \(runner) and started_at = \(started)
    """
  }

  static func done(_ run: OpenRun, _ claim: Claim, now: Instant) -> SQL {
    """
    update lakoo.cron_tick set status = 'done', finished_at = \(now), error = null
    where id = \(run.id) and status = 'running' and attempts = \(claim.attempts)
    """
  }

  /// - Parameter retryAt: when it is tried again; nil for never.
  static func failed(_ run: OpenRun, _ claim: Claim, now: Instant, error: String, retryAt: Instant?) -> SQL {
    let status = retryAt == nil ? "failed" : "pending"
    return """
      update lakoo.cron_tick
      set status = \(status), failures = failures + 1, finished_at = \(now), error = \(error),
        next_attempt_at = \(retryAt ?? now)
      where id = \(run.id) and status = 'running' and attempts = \(claim.attempts)
      """
  }

  /// Puts down that a run which waited did not start in time.
  static func skip(_ run: OpenRun, now: Instant, reason: String) -> SQL {
    """
    update lakoo.cron_tick set status = 'skipped', finished_at = \(now), skipped_reason = \(reason)
    where id = \(run.id) and status = 'pending' and attempts = 0
    """
  }

  /// One start of a run, which nobody else has while its number is the row's.
  struct Claim: Decodable, Sendable {
    let attempts: Int
    /// How many starts before this one failed; those that were cut off don't count.
    let failures: Int
  }
}
