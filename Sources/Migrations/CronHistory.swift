extension PlatformSchema {
  /// Turns the claims of ticks into their history: what became of each, why, on which host, and who asked for it.
  ///
  /// A tick has one row, whatever becomes of it; a run that a person asks for has one of its own, at any time they like.
  static let cronHistory = """
    alter table lakoo.cron_tick
      drop constraint cron_tick_pkey,
      drop constraint cron_tick_status_check,
      add column id bigint generated always as identity primary key,
      add column manual boolean not null default false,
      add column failures int not null default 0,
      add column runner text,
      add column next_attempt_at timestamptz,
      add column skipped_reason text,
      alter column attempts set default 0,
      alter column started_at drop not null,
      alter column lease_until drop not null,
      add constraint cron_tick_status_check
        check (status in ('seen', 'pending', 'running', 'done', 'failed', 'skipped')),
      add constraint cron_tick_skipped_check check ((status = 'skipped') = (skipped_reason is not null));
    create unique index cron_tick_scheduled on lakoo.cron_tick (function, scheduled_at) where not manual;
    create index cron_tick_open on lakoo.cron_tick (function, id) where status in ('pending', 'running');
    create index cron_tick_history on lakoo.cron_tick (function, id);
    create index cron_tick_age on lakoo.cron_tick (finished_at);
    """
}
