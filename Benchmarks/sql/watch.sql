-- Waits until so many effects are there. Looks every 20 ms, in transactions of its own, so that it holds up no vacuum.
create procedure watch(wanted bigint, out first float8, out seen bigint, out last float8) language plpgsql as $$
declare
  effects bigint;
begin
  for look in 1..10000 loop
    select sum(deposits) into effects from account;
    if effects > 0 and first is null then
      first := extract(epoch from clock_timestamp());
      seen := effects;
    end if;
    last := extract(epoch from clock_timestamp());
    exit when effects >= wanted;
    commit;
    perform pg_sleep(0.02);
  end loop;
  if effects < wanted then raise exception 'only % of % effects came', effects, wanted; end if;
end $$;
