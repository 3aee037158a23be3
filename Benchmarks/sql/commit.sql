\set account random(1, 1000)
begin;
update account set total = total + 5, deposits = deposits + 1 where id = :account;
insert into lakoo.outbox (id, type, subject, time, data)
values (gen_random_uuid(), 'deposit.taken', :account::text, now(),
  convert_to('{"account":' || :account || ',"amount":5}', 'UTF8'));
commit;
