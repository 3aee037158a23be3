extension PlatformSchema {
  /// The host's statements on outbox, inbox and pending that run all the time, as functions: PostgreSQL keeps the plans of
  /// statements, and one that was made while a table was empty reads the whole of it ever after. Inside these, plans go by
  /// index from the start.
  static let deliveryFunctions = """
    create function lakoo.outbox_open(low pg_snapshot, types text[], since timestamptz, most int)
    returns table (seq bigint, id uuid, type text, subject text, "time" timestamptz, trace text, data bytea)
    language plpgsql stable rows 100 set enable_seqscan = off as $$
    begin
      -- The sum keeps the other index from being walked from its beginning.
      return query
        select event.seq, event.id, event.type, event.subject, event.time, event.trace, event.data
        from lakoo.outbox event
        where event.xid >= pg_snapshot_xmin(low) and not pg_visible_in_snapshot(event.xid, low)
          and event.time >= since and event.type = any(types)
        order by event.seq + 0 limit most;
    end $$;

    create function lakoo.outbox_go_on(
      low pg_snapshot, high pg_snapshot, after bigint, types text[], since timestamptz, most int)
    returns table (seq bigint, id uuid, type text, subject text, "time" timestamptz, trace text, data bytea)
    language plpgsql stable rows 100 set enable_seqscan = off set enable_sort = off as $$
    begin
      return query
        select event.seq, event.id, event.type, event.subject, event.time, event.trace, event.data
        from lakoo.outbox event
        where event.seq > after and not pg_visible_in_snapshot(event.xid, low)
          and pg_visible_in_snapshot(event.xid, high) and event.time >= since and event.type = any(types)
        order by event.seq limit most;
    end $$;

    -- When a new row of a key is due: with the last one before it, which may wait for its next attempt, or when somebody
    -- has decided on the dead letter that blocks the key. The locks keep either from being decided meanwhile; a last row
    -- that is worked on is no matter, because a claim looks for earlier rows itself.
    create function lakoo.due_at(name text, of text, at timestamptz) returns timestamptz
    language plpgsql set enable_seqscan = off as $$
    declare
      last timestamptz;
    begin
      perform from lakoo.dead_letter dead
        where dead.blocks and dead.function = name and dead.key = of limit 1 for key share;
      if found then return 'infinity'; end if;
      select due_at into last from lakoo.pending
        where function = name and key = of order by seq desc limit 1 for key share skip locked;
      return greatest(at, nullif(last, 'infinity'));
    end $$;

    create function lakoo.receive(
      source text, at timestamptz, ids uuid[], functions text[], types text[], subjects text[], keys text[],
      times timestamptz[], traces text[], payloads bytea[])
    returns void language plpgsql set enable_seqscan = off set enable_hashjoin = off as $$
    begin
      with stored as (
        insert into lakoo.inbox (id, function, type, source, subject, key, time, trace, data, received_at)
        select event.id, event.function, event.type, receive.source, event.subject, event.key, event.time,
          nullif(event.trace, ''), event.data, at
        from unnest(ids, functions, types, subjects, keys, times, traces, payloads)
          with ordinality as event (id, function, type, subject, key, time, trace, data, position)
        order by event.position
        on conflict do nothing
        returning inbox.id, inbox.function, inbox.key, inbox.seq)
      insert into lakoo.pending (function, key, seq, id, due_at)
      select stored.function, stored.key, stored.seq, stored.id, lakoo.due_at(stored.function, stored.key, at)
      from stored order by stored.seq;
    end $$;

    create function lakoo.due(functions text[], busy text[], at timestamptz, most int)
    returns table (function text, key text, seq bigint)
    language plpgsql stable rows 100 set enable_seqscan = off set enable_sort = off as $$
    begin
      return query
        select item.function, item.key, item.seq from unnest(functions) as name
        cross join lateral (
          select pending.function, pending.key, pending.seq from lakoo.pending
          where pending.function = name and pending.due_at <= at
            and pending.function || ' ' || pending.key <> all(busy)
          order by pending.due_at, pending.seq limit most) item;
    end $$;

    -- What is written as a sum or with a limit is so for the planner: each row is looked up by its key, and none is
    -- joined with all.
    create function lakoo.claim(name text, keys text[], seqs bigint[], at timestamptz)
    returns table (place tid, key text, seq bigint, id uuid, attempts int, type text, source text, subject text,
      "time" timestamptz, trace text, data bytea, delivery_id text)
    language plpgsql rows 100 set enable_seqscan = off set enable_bitmapscan = off as $$
    begin
      return query
        select item.ctid, want.key, want.seq, item.id, item.attempts, event.type, event.source, event.subject, event.time,
          event.trace, event.data, event.delivery_id
        from unnest(keys, seqs) with ordinality as want (key, seq, position)
        cross join lateral (
          select pending.ctid, pending.id, pending.attempts from lakoo.pending
          where pending.function = name and pending.key = want.key and pending.seq = want.seq
            and pending.due_at + interval '0' <= at
          for update skip locked) item
        cross join lateral (
          select * from lakoo.inbox where inbox.id = item.id and inbox.function = name limit 1) event
        where pg_try_advisory_xact_lock(hashtextextended('lakoo.pending ' || name || ' ' || want.key, 0))
          and (select true from lakoo.pending earlier
            where earlier.function = name and earlier.key = want.key and earlier.seq < want.seq
              and earlier.seq <> all(seqs)
            order by earlier.seq limit 1) is null
          and (select true from lakoo.dead_letter dead
            where dead.blocks and dead.function = name and dead.key = want.key limit 1) is null
        order by want.position;
    end $$;

    create function lakoo.complete(places tid[])
    returns void language plpgsql set enable_seqscan = off as $$
    begin
      delete from lakoo.pending where ctid = any(places);
    end $$;
    """
}
