-- What of a payment the wallet pays, from the wish to set it aside until it was taken or set free. Amounts in rupiah.

alter table payment
  -- Payments that were made together, and are set aside for together or not at all.
  add column bill_id uuid,
  add column hold_state text not null default 'none'
    check (hold_state in ('none', 'wanted', 'held', 'due', 'taken', 'releasing', 'released')),
  add column hold_touched_at timestamptz;

-- A user's key has the user before it.
alter table payment alter column idempotency_key type varchar(310);

-- The wallet is asked once the row is there, so that one may be without its hold for a while.
do $$
begin
  execute format('alter table payment drop constraint %I', (
    select conname from pg_constraint
    where conrelid = 'payment'::regclass and contype = 'c'
      and pg_get_constraintdef(oid) like '%wallet_hold_id IS NOT NULL%'));
end
$$;

alter table payment
  add constraint payment_wallet_state check ((hold_state = 'none') = (wallet_amount = 0)),
  add constraint payment_wallet_hold
    check (hold_state in ('none', 'wanted', 'releasing', 'released') or wallet_hold_id is not null),
  -- Nothing is paid before all of its money is there.
  add constraint payment_wallet_taken
    check (status not in ('paid', 'partially_refunded') or hold_state in ('none', 'taken'));

create index payment_bill on payment (bill_id, id) where bill_id is not null;
create index payment_wallet_unfinished on payment (hold_touched_at) where hold_state in ('wanted', 'due', 'releasing');
