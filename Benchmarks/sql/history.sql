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

create procedure fill_outbox(events int, days int) language plpgsql as $$
declare
  batch constant int := 10000;
begin
  for lowest in 1..events by batch loop
    insert into lakoo.outbox (id, type, subject, time, data)
    select id, 'deposit.taken', account::text, at, data
    from history(lowest, least(lowest + batch - 1, events), events, days);
    commit;
  end loop;
  insert into lakoo.relay_cursor (name, low, high, seq)
  values ('local', pg_current_snapshot(), pg_current_snapshot(), 0)
  on conflict (name) do update set low = excluded.low, high = excluded.high, seq = 0;
end $$;

create procedure fill_inbox(events int, days int) language plpgsql as $$
declare
  batch constant int := 10000;
begin
  for lowest in 1..events by batch loop
    insert into lakoo.inbox (id, function, type, source, subject, time, data, status, attempts, next_attempt_at, processed_at)
    select id, 'AddToTotal', 'deposit.taken', '/services/deposits', account::text, at, data, 'done', 1, at, at
    from history(lowest, least(lowest + batch - 1, events), events, days);
    commit;
  end loop;
end $$;
