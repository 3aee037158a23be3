extension PlatformSchema {
  /// Events and deliveries, kept by the day so that old ones go by dropping a table.
  ///
  /// - outbox: as before, in partitions by the event's time.
  /// - outbox_state: `epoch` is counted up when the outbox was mended after a restore, and then all is read anew.
  /// - subscription: how far this database's functions have read another's outbox. It moves in the transaction that
  ///   stores what was read, so an event can't be stored without it or the other way round.
  /// - inbox: what has come in for which function, in partitions by the id, whose first 48 bits are its time. Rows are
  ///   never updated; its key makes a second delivery of the same event to the same function a no-op.
  /// - pending: what is still to be done of it, one row per function and event, deleted in the transaction of the effect.
  ///   Rows of one function and key are done in the order of `seq`; those behind one that waits carry its `due_at`.
  /// - dead_letter: what was given up, whole, so that it outlives the inbox.
  /// - receipt: which delivery of a provider became which row of the inbox.
  /// - delivery: all of these, to look at.
  static let deliveries = """
    alter table lakoo.outbox rename to outbox_old;
    alter table lakoo.inbox rename to inbox_old;
    alter index lakoo.inbox_pkey rename to inbox_old_pkey;
    drop index lakoo.outbox_xid, lakoo.inbox_delivery, lakoo.inbox_due, lakoo.inbox_key;

    create sequence lakoo.outbox_order;
    create table lakoo.outbox (
      seq     bigint not null default nextval('lakoo.outbox_order'),
      xid     xid8 not null default pg_current_xact_id(),
      id      uuid not null,
      type    text not null,
      subject text not null,
      time    timestamptz not null,
      trace   text,
      data    bytea not null
    ) partition by range (time);
    create index outbox_seq on lakoo.outbox (seq);
    create index outbox_xid on lakoo.outbox (xid);
    create table lakoo.outbox_rest partition of lakoo.outbox default;

    create table lakoo.outbox_state (
      is_only  boolean primary key default true check (is_only),
      epoch    int not null default 1,
      is_ahead boolean not null default false
    );
    insert into lakoo.outbox_state default values;

    create table lakoo.subscription (
      source   text not null,
      function text not null,
      since    timestamptz not null,
      epoch    int not null,
      low      pg_snapshot not null,
      high     pg_snapshot not null,
      seq      bigint not null,
      primary key (source, function)
    );

    create sequence lakoo.inbox_order;
    create table lakoo.inbox (
      id          uuid not null,
      function    text not null,
      seq         bigint not null default nextval('lakoo.inbox_order'),
      type        text not null,
      source      text not null,
      subject     text not null,
      key         text not null,
      time        timestamptz not null,
      trace       text,
      data        bytea not null,
      delivery_id text,
      received_at timestamptz not null,
      primary key (id, function)
    ) partition by range (id);
    create table lakoo.inbox_rest partition of lakoo.inbox default;

    create table lakoo.pending (
      function text not null,
      key      text not null,
      seq      bigint not null,
      id       uuid not null,
      due_at   timestamptz not null,
      attempts int not null default 0,
      errors   text[] not null default '{}',
      primary key (function, key, seq)
    ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000,
      autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 100000,
      autovacuum_vacuum_cost_delay = 0);
    create index pending_due on lakoo.pending (function, due_at, seq);

    create table lakoo.dead_letter (
      id          uuid not null,
      function    text not null,
      seq         bigint not null,
      type        text not null,
      source      text not null,
      subject     text not null,
      key         text not null,
      time        timestamptz not null,
      trace       text,
      data        bytea not null,
      delivery_id text,
      received_at timestamptz not null,
      attempts    int not null,
      errors      text[] not null,
      release     text not null,
      died_at     timestamptz not null,
      blocks      boolean not null,
      primary key (id, function)
    );
    create index dead_letter_blocks on lakoo.dead_letter (function, key) where blocks;

    create table lakoo.receipt (
      function    text not null,
      delivery_id text not null,
      id          uuid not null,
      received_at timestamptz not null,
      primary key (function, delivery_id)
    );
    create index receipt_age on lakoo.receipt (received_at);

    insert into lakoo.outbox (seq, xid, id, type, subject, time, data)
    select seq, xid, id, type, subject, time, data from lakoo.outbox_old order by seq;
    select setval('lakoo.outbox_order', coalesce(max(seq), 0) + 1, false) from lakoo.outbox;

    insert into lakoo.inbox (id, function, seq, type, source, subject, key, time, data, delivery_id, received_at)
    select id, function, seq, type, source, subject, subject, time, data, delivery_id, time
    from lakoo.inbox_old order by seq;
    select setval('lakoo.inbox_order', coalesce(max(seq), 0) + 1, false) from lakoo.inbox;

    insert into lakoo.pending (function, key, seq, id, due_at, attempts, errors)
    select function, subject, seq, id, next_attempt_at, attempts, array_remove(array[last_error], null)
    from lakoo.inbox_old where status = 'pending';

    insert into lakoo.dead_letter (id, function, seq, type, source, subject, key, time, data, delivery_id, received_at,
      attempts, errors, release, died_at, blocks)
    select id, function, seq, type, source, subject, subject, time, data, delivery_id, time,
      attempts, array_remove(array[last_error], null), 'unknown', now(), false
    from lakoo.inbox_old where status = 'dead';

    insert into lakoo.receipt (function, delivery_id, id, received_at)
    select function, delivery_id, id, time from lakoo.inbox_old where delivery_id is not null;

    -- They begin with the first event that they know; what they know is dropped again when it is read anew.
    insert into lakoo.subscription (source, function, since, epoch, low, high, seq)
    select source, function, since, 1, '1:1:'::pg_snapshot, '1:1:'::pg_snapshot, 0
    from (
      select replace(source, '/services/', '') as source, function, min(time) as since
      from lakoo.inbox_old where source like '/services/%' group by 1, 2) known;

    drop table lakoo.outbox_old, lakoo.inbox_old, lakoo.relay_cursor;

    create view lakoo.delivery as
    select i.function, i.id, i.seq, i.type, i.source, i.subject, i.key, i.time, i.received_at,
      case when d.id is not null then 'dead' when p.id is not null then 'pending' else 'done' end as status,
      coalesce(d.attempts, p.attempts) as attempts, p.due_at, coalesce(d.errors, p.errors) as errors
    from lakoo.inbox i
    left join lakoo.pending p on p.id = i.id and p.function = i.function
    left join lakoo.dead_letter d on d.id = i.id and d.function = i.function;
    """
}
