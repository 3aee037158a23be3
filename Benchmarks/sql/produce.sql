\set account random(1, 1000)
\set amount random(1, 1000)
insert into lakoo.outbox (id, type, subject, time, data)
values (gen_random_uuid(), 'deposit.taken', :account::text, now(),
  convert_to('{"account": ' || :account || ', "amount": ' || :amount || '}', 'UTF8'));
