-- What a wallet's user sees of the ledger, money that is set aside, and the lots that promotional credit comes in.

create table wallet_transaction (
  id uuid primary key,
  transaction_number varchar(20) not null unique,
  wallet_id uuid not null references wallet,
  -- The wallet's first, second, third …
  seq int not null,
  type text not null check (type in (
    'topup', 'payment', 'refund', 'cashback', 'promotional', 'withdrawal', 'withdrawal_reversal', 'adjustment',
    'expiry', 'seller_payout', 'ad_spend', 'ad_refund')),
  direction text not null check (direction in ('credit', 'debit')),
  amount bigint not null check (amount > 0),
  cash_amount bigint not null check (cash_amount >= 0),
  promo_amount bigint not null check (promo_amount >= 0),
  balance_before bigint not null check (balance_before >= 0),
  balance_after bigint not null check (balance_after >= 0),
  reference_type varchar(50) not null,
  reference_id uuid not null,
  order_id uuid,
  payment_id uuid,
  ledger_transaction_id uuid not null unique references ledger_transaction,
  reverses_id uuid unique references wallet_transaction,
  description varchar(500) not null,
  expires_at timestamptz,
  idempotency_key varchar(255) not null unique,
  created_by varchar(64) not null,
  created_at timestamptz not null,
  unique (wallet_id, seq),
  check (amount = cash_amount + promo_amount),
  check (balance_after = balance_before + case direction when 'credit' then amount else -amount end)
);

create index wallet_transaction_wallet on wallet_transaction (wallet_id, id desc);
create index wallet_transaction_reference on wallet_transaction (reference_type, reference_id);
create index wallet_transaction_payment on wallet_transaction (payment_id);
create index wallet_transaction_time on wallet_transaction (wallet_id, created_at);

create trigger append_only before update or delete on wallet_transaction
  for each row execute function refuse_change();
create trigger never_emptied before truncate on wallet_transaction
  for each statement execute function refuse_change();

-- Each transaction begins where the one before ended.
create function check_chain() returns trigger language plpgsql as $$
declare
  previous bigint;
begin
  select balance_after into previous from wallet_transaction where wallet_id = new.wallet_id and seq = new.seq - 1;
  if new.balance_before is distinct from (case new.seq when 1 then 0 else previous end) then
    raise exception 'transaction % of wallet % begins at %, the one before ended at %',
      new.seq, new.wallet_id, new.balance_before, previous using errcode = 'check_violation', constraint = 'chain';
  end if;
  return new;
end
$$;

create trigger chain before insert on wallet_transaction for each row execute function check_chain();

create table wallet_hold (
  id uuid primary key,
  wallet_id uuid not null references wallet,
  purpose text not null check (purpose in ('payment', 'withdrawal')),
  reference_id uuid not null,
  amount bigint not null check (amount > 0),
  cash_amount bigint not null check (cash_amount >= 0),
  promo_amount bigint not null check (promo_amount >= 0),
  captured_amount bigint not null default 0 check (captured_amount between 0 and amount),
  -- How much of the captured cash refunds have brought back; of promotional credit, each promo_use tells.
  restored_cash bigint not null default 0,
  order_amount bigint check (order_amount >= 0),
  status text not null default 'active' check (status in ('active', 'captured', 'released', 'expired')),
  order_id uuid,
  payment_id uuid,
  -- A withdrawal's ends with the withdrawal.
  expires_at timestamptz,
  closed_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (amount = cash_amount + promo_amount),
  check (purpose = 'payment' or promo_amount = 0),
  check ((expires_at is not null) = (purpose = 'payment')),
  check ((status = 'captured') = (captured_amount > 0)),
  check ((status = 'active') = (closed_at is null)),
  -- Promotional credit is captured first, so what is left of the captured amount is cash.
  check (restored_cash between 0 and greatest(0, captured_amount - promo_amount))
);

-- After one was released or has expired, the same may be held again.
create unique index wallet_hold_reference on wallet_hold (purpose, reference_id) where status in ('active', 'captured');
create index wallet_hold_latest on wallet_hold (purpose, reference_id, created_at);
create index wallet_hold_due on wallet_hold (expires_at) where status = 'active';
create index wallet_hold_active on wallet_hold (wallet_id) where status = 'active';
create index wallet_hold_payment on wallet_hold (payment_id) where status = 'captured';

create table promo_lot (
  id uuid primary key,
  wallet_id uuid not null references wallet,
  source text not null check (source in ('promotional', 'cashback', 'restored', 'adjustment')),
  campaign_id uuid,
  amount bigint not null check (amount > 0),
  remaining bigint not null check (remaining between 0 and amount),
  min_order_amount bigint check (min_order_amount >= 0),
  expires_at timestamptz not null,
  transaction_id uuid not null references wallet_transaction,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create index promo_lot_wallet on promo_lot (wallet_id, expires_at) where remaining > 0;
create index promo_lot_due on promo_lot (expires_at) where remaining > 0;

create table promo_use (
  hold_id uuid not null references wallet_hold,
  lot_id uuid not null references promo_lot,
  -- In which order the hold took them.
  seq smallint not null,
  amount bigint not null check (amount > 0),
  -- Never captured, and so given back to the lot.
  returned bigint not null default 0 check (returned >= 0),
  -- Captured, and brought back by a refund.
  restored bigint not null default 0 check (restored >= 0),
  primary key (hold_id, lot_id),
  unique (hold_id, seq),
  check (returned + restored <= amount)
);

-- At commit a wallet is what its last transaction, its active holds and its lots say.
create function require_wallet_sums(id_of_wallet uuid) returns void language plpgsql as $$
declare
  it wallet;
  last_balance bigint;
  held numeric;
  lots numeric;
begin
  select * into it from wallet where id = id_of_wallet;
  select balance_after into last_balance from wallet_transaction
    where wallet_id = it.id and seq = it.transaction_count;
  select coalesce(sum(amount), 0) into held from wallet_hold where wallet_id = it.id and status = 'active';
  select coalesce(sum(remaining), 0) into lots from promo_lot where wallet_id = it.id and remaining > 0;
  if it.cash_balance + it.promo_balance + it.held_balance <> coalesce(last_balance, 0)
      or it.held_balance <> held or it.promo_balance <> lots then
    raise exception 'wallet % holds % cash, % promo and % held; its last transaction says %, its holds %, its lots %',
      it.id, it.cash_balance, it.promo_balance, it.held_balance, last_balance, held, lots
      using errcode = 'check_violation', constraint = 'wallet_sums';
  end if;
end
$$;

create function check_wallet() returns trigger language plpgsql as $$
begin
  perform require_wallet_sums(new.id);
  return null;
end
$$;

create function check_wallet_of_row() returns trigger language plpgsql as $$
begin
  perform require_wallet_sums(new.wallet_id);
  return null;
end
$$;

create constraint trigger sums after update of cash_balance, promo_balance, held_balance, transaction_count on wallet
  deferrable initially deferred for each row execute function check_wallet();
create constraint trigger sums after insert or update of amount, status on wallet_hold
  deferrable initially deferred for each row execute function check_wallet_of_row();
create constraint trigger sums after insert or update of remaining on promo_lot
  deferrable initially deferred for each row execute function check_wallet_of_row();
create constraint trigger sums after insert on wallet_transaction
  deferrable initially deferred for each row execute function check_wallet_of_row();
