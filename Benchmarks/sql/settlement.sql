-- A payment database with much behind it, and a week of sales to settle.

-- Sales of so many sellers, so many each, which were received on a Wednesday.
create procedure fill_week(monday date, sellers int, orders int) language plpgsql as $$
declare
  received timestamptz := (monday + 2)::timestamp at time zone 'Asia/Jakarta';
begin
  perform set_config('session_replication_role', 'replica', true);
  create temporary table sale on commit drop as
    select md5('seller' || seller)::uuid as seller, md5('user' || seller)::uuid as user_id,
      md5(monday::text || seller || 'order' || place)::uuid as order_id,
      md5(monday::text || seller || 'payment' || place)::uuid as payment,
      md5(monday::text || seller || 'line' || place)::uuid as line,
      upper(substr(md5(monday::text || seller || ':' || place), 1, 16)) as number, 10000 + 137 * place as amount
    from generate_series(1, sellers) seller, generate_series(1, orders) place;
  insert into payment (id, payment_number, reference_id, order_number, user_id, merchandise_amount, amount,
    captured_amount, status, idempotency_key, expires_at, paid_at, created_at, updated_at)
    select payment, 'P' || number, order_id, number, user_id, amount, amount, amount, 'paid', payment, received,
      received, received, received from sale;
  insert into payment_line (id, payment_id, seller_id, seller_user_id, merchandise_amount, created_at, updated_at)
    select line, payment, seller, user_id, amount, received, received from sale;
  insert into commission_ledger (id, ledger_number, order_id, payment_id, payment_line_id, seller_id, order_number,
    base_amount, rate_bp, commission_amount, status, collectible_at, created_at, updated_at)
    select md5(payment || 'commission')::uuid, 'C' || number, order_id, payment, line, seller, number, amount, 50,
      (amount * 50 + 5000) / 10000, 'collectible', received, received, received from sale;
end
$$;

-- So many entries of the ledger, four a transaction, over the accounts of so many sellers.
create procedure fill_ledger(entries int, sellers int) language plpgsql as $$
begin
  perform set_config('session_replication_role', 'replica', true);
  insert into ledger_account (id, code, kind, owner_id, created_at, updated_at)
    select md5('account' || seller)::uuid, 'liab:seller:' || md5('seller' || seller)::uuid, 'liability',
      md5('seller' || seller)::uuid, now(), now() from generate_series(1, sellers) seller
    on conflict (code) do nothing;
  insert into transaction_ledger (id, kind, reference_type, reference_id, description, occurred_at, actor, created_at)
    select md5('posted' || place)::uuid, 'capture', 'payment', md5('past' || place)::uuid, 'Payment', now(), 'history',
      now() from generate_series(1, entries / 4) place;
  insert into transaction_ledger_entry (transaction_id, account_id, amount, seq, created_at)
    select md5('posted' || place)::uuid,
      case when seq < 3 then (select id from ledger_account where code = 'asset:xendit')
        else md5('account' || (place % sellers + 1))::uuid end,
      case seq when 1 then 40000 when 2 then 2000 when 3 then -40000 else -2000 end, seq, now()
    from generate_series(1, entries / 4) place, generate_series(1, 4) seq;
end
$$;
