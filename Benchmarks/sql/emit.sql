-- Commits events, each in a transaction of its own, as TakeDeposit does.
create procedure emit(events int) language plpgsql as $$
begin
  set synchronous_commit = off;
  for event in 1..events loop
    insert into lakoo.outbox (id, type, subject, time, data)
    select gen_random_uuid(), 'deposit.taken', account::text, clock_timestamp(),
      convert_to(format('{"account": %s, "amount": %s}', account, amount), 'UTF8')
    from (select 1 + floor(random() * 1000)::int as account, 1 + floor(random() * 1000)::int as amount) deposit;
    commit;
  end loop;
end $$;
