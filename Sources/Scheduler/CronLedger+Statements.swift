internal import FunctionKit

extension CronLedger {
  /// What the rows say before a look.
  struct Known: Decodable {
    let last: Instant?
    let unfinished: Instant?
  }

  func known() -> SQL {
    """
    select (select max(scheduled_at) from lakoo.cron_tick where function = \(plan.function) and not manual) as last,
      (select scheduled_at from lakoo.cron_tick
       where function = \(plan.function) and status in ('pending', 'running') order by id limit 1) as unfinished
    """
  }

  /// Puts down since when a function is known, so that its first tick can be missed and made up for like any other.
  func seen(at moment: Instant) -> SQL {
    """
    insert into lakoo.cron_tick (function, scheduled_at, status, started_at)
    values (\(plan.function), \(moment), 'seen', \(moment))
    """
  }

  func insert(_ decisions: [CronPlan.Decision], now: Instant) -> SQL {
    """
    insert into lakoo.cron_tick (function, scheduled_at, status, next_attempt_at, finished_at, skipped_reason)
    select \(plan.function), tick, case reason when '' then 'pending' else 'skipped' end,
      \(now)::timestamptz, case when reason <> '' then \(now)::timestamptz end, nullif(reason, '')
    from unnest(\(decisions.map(\.tick))::timestamptz[], \(decisions.map { $0.skippedReason ?? "" })::text[])
      with ordinality as decision (tick, reason, number)
    order by number
    """
  }

  func open() -> SQL {
    """
    select id, scheduled_at, attempts, manual,
      case when status = 'pending' or lease_until < clock_timestamp()
        then coalesce(next_attempt_at, scheduled_at) end as startable_at
    from lakoo.cron_tick where function = \(plan.function) and status in ('pending', 'running')
    order by id limit \(CronPlan.listed)
    """
  }
}
