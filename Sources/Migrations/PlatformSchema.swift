/// The host's own tables, kept in schema `lakoo` of every service's database beside the service's own.
public enum PlatformSchema {
  /// Forward only; one that was ever released is never changed.
  public static let migrations = [
    Migration(version: 1, name: "tables", sql: tables),
    Migration(version: 2, name: "deliveries", sql: deliveries),
    Migration(version: 3, name: "delivery_functions", sql: deliveryFunctions),
  ]

  /// - outbox: events that this database has committed. Rows are never updated; `xid` lets the relay read them in an
  ///   order that no late commit can upset.
  /// - cron_tick: every firing of a schedule, claimed by inserting its row; and when the schedule was first seen.
  /// - idempotency: the answers of requests that carried an `Idempotency-Key`.
  ///
  /// The inbox and the relay's cursor were replaced later.
  private static let tables = """
    create table lakoo.outbox (
      seq      bigint generated always as identity primary key,
      xid      xid8 not null default pg_current_xact_id(),
      id       uuid not null,
      type     text not null,
      subject  text not null,
      time     timestamptz not null,
      data     bytea not null
    );
    create index outbox_xid on lakoo.outbox (xid, seq);

    create table lakoo.relay_cursor (
      name text primary key,
      low  pg_snapshot not null,
      high pg_snapshot not null,
      seq  bigint not null
    );

    create table lakoo.inbox (
      seq             bigint generated always as identity,
      id              uuid not null,
      function        text not null,
      type            text not null,
      source          text not null,
      subject         text not null,
      time            timestamptz not null,
      data            bytea not null,
      delivery_id     text,
      status          text not null default 'pending' check (status in ('pending', 'done', 'dead')),
      attempts        int not null default 0,
      next_attempt_at timestamptz not null,
      last_error      text,
      processed_at    timestamptz,
      primary key (id, function)
    );
    create unique index inbox_delivery on lakoo.inbox (function, delivery_id) where delivery_id is not null;
    create index inbox_due on lakoo.inbox (next_attempt_at, seq) where status = 'pending';
    create index inbox_key on lakoo.inbox (function, subject, seq) where status = 'pending';

    create table lakoo.cron_tick (
      function     text not null,
      scheduled_at timestamptz not null,
      status       text not null default 'running' check (status in ('seen', 'running', 'done', 'failed')),
      attempts     int not null default 1,
      started_at   timestamptz not null,
      finished_at  timestamptz,
      lease_until  timestamptz not null,
      error        text,
      primary key (function, scheduled_at)
    );

    create table lakoo.idempotency (
      function     text not null,
      caller       text not null,
      key          text not null,
      fingerprint  text not null,
      status       int,
      content_type text,
      headers      jsonb,
      body         bytea,
      created_at   timestamptz not null,
      lease_until  timestamptz not null,
      primary key (function, caller, key)
    );
    create index idempotency_age on lakoo.idempotency (created_at);
    """
}
