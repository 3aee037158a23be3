-- What a bundle has behind it: so many events sent and received, done and read, spread over the last days. Of the
-- platform's tables, inbox and relay_cursor are written here only. Call fill_outbox in the database of the sender,
-- fill_inbox in that of the receiver.

-- Some of so many events: the time of each, and an id of version 7 that goes with it.
create function history(first int, last int, of int, days int)
returns table (id uuid, account int, at timestamptz, data bytea) language sql as $$
  select
    (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(noise, 1, 3) || '8'
      || substr(noise, 4, 15))::uuid,
    account, at, convert_to(format('{"account": %s, "amount": %s}', account, 1 + n % 1000), 'UTF8')
  from (
    select n, md5(n::text) as noise, 1 + n % 1000 as account,
      now() - interval '1 day' * days * (1 - n::float8 / of) - interval '1 minute' as at
    from generate_series(first, last) n) events
$$;

-- A partition for each of the days that have passed, as the host would have made them.
create procedure make_days(name text, days int) language plpgsql as $$
declare
  today timestamptz := date_trunc('day', now(), 'UTC');
begin
  for back in 1..days + 1 loop
    execute format('create table lakoo.%1$s_%2$s partition of lakoo.%1$s for values from (%3$L) to (%4$L)', name,
      to_char(today - back * interval '1 day', 'YYYYMMDD'),
      day_bound(name, today - back * interval '1 day'), day_bound(name, today - (back - 1) * interval '1 day'));
  end loop;
end $$;

-- An outbox goes by time, an inbox by the id, which begins with it.
create function day_bound(name text, at timestamptz) returns text language sql as $$
  select case name when 'outbox' then at::text
    else (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid::text end
$$;

create procedure fill_outbox(events int, days int) language plpgsql as $$
declare
  batch constant int := 10000;
begin
  call make_days('outbox', days);
  for start in 1..events by batch loop
    insert into lakoo.outbox (id, type, subject, time, data)
    select id, 'deposit.taken', account::text, at, data
    from history(start, least(start + batch - 1, events), events, days);
    commit;
  end loop;
end $$;

-- To be called after the outbox was filled, on the same server: all of that has been read.
create procedure fill_inbox(events int, days int) language plpgsql as $$
declare
  batch constant int := 10000;
begin
  call make_days('inbox', days);
  for start in 1..events by batch loop
    insert into lakoo.inbox (id, function, type, source, subject, key, time, data, received_at)
    select id, 'AddToTotal', 'deposit.taken', '/services/deposits', account::text, account::text, at, data, at
    from history(start, least(start + batch - 1, events), events, days);
    commit;
  end loop;
  update lakoo.subscription set low = pg_current_snapshot(), high = pg_current_snapshot(), seq = 0;
end $$;
