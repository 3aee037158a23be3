-- Wallets, and the double-entry ledger that alone moves their balances. Debits are positive, credits negative, and what
-- a wallet holds is owed to its user: a credit. Amounts in rupiah.

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end
$$;

create table wallet (
  id uuid primary key,
  kind text not null check (kind in ('buyer', 'seller')),
  -- The user of a buyer's wallet, the seller of a seller's.
  owner_id uuid not null,
  user_id uuid not null,
  status text not null default 'active' check (status in ('active', 'frozen', 'suspended', 'closed')),
  frozen_at timestamptz,
  frozen_reason varchar(500),
  cash_balance bigint not null default 0 check (cash_balance >= 0),
  promo_balance bigint not null default 0 check (promo_balance >= 0),
  held_balance bigint not null default 0 check (held_balance >= 0),
  total_credited bigint not null default 0,
  total_debited bigint not null default 0,
  total_cashback bigint not null default 0,
  auto_withdraw boolean not null default false,
  auto_account_id uuid,
  -- How many rows of wallet_transaction it has, which are numbered without a gap.
  transaction_count int not null default 0,
  version int not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (kind, owner_id),
  check (kind = 'seller' or owner_id = user_id),
  check (kind = 'buyer' or promo_balance = 0)
);

create index wallet_user on wallet (user_id);
create index wallet_auto on wallet (id) where auto_withdraw;

create table ledger_account (
  id uuid primary key,
  code varchar(80) not null unique,
  kind text not null check (kind in ('liability', 'revenue', 'expense', 'clearing')),
  wallet_id uuid references wallet,
  bucket text check (bucket in ('cash', 'promo', 'hold')),
  created_at timestamptz not null,
  unique (wallet_id, bucket),
  check ((wallet_id is null) = (bucket is null))
);

insert into ledger_account (id, code, kind, created_at)
select gen_random_uuid(), code, kind, now() from (values
  ('clearing:payment', 'clearing'), ('rev:ad_spend', 'revenue'), ('rev:withdrawal_fee', 'revenue'),
  ('exp:promo', 'expense'), ('exp:cashback', 'expense'), ('exp:adjustment', 'expense')
) as account (code, kind);

create table ledger_transaction (
  id uuid primary key,
  kind varchar(40) not null,
  reference_type varchar(50) not null,
  reference_id uuid not null,
  description varchar(255) not null,
  occurred_at timestamptz not null,
  actor varchar(64) not null,
  created_at timestamptz not null,
  -- Posting the same thing twice is impossible.
  unique (kind, reference_type, reference_id)
);

create table ledger_entry (
  id bigint generated always as identity primary key,
  transaction_id uuid not null references ledger_transaction,
  account_id uuid not null references ledger_account,
  amount bigint not null check (amount <> 0),
  seq smallint not null,
  created_at timestamptz not null,
  unique (transaction_id, seq)
);

create index ledger_entry_account on ledger_entry (account_id, id);
create index ledger_entry_created on ledger_entry (created_at);

create trigger append_only before update or delete on ledger_transaction
  for each row execute function refuse_change();
create trigger append_only before update or delete on ledger_entry
  for each row execute function refuse_change();
create trigger never_emptied before truncate on ledger_transaction
  for each statement execute function refuse_change();
create trigger never_emptied before truncate on ledger_entry
  for each statement execute function refuse_change();

create function require_balance(ledger_transaction uuid) returns void language plpgsql as $$
declare
  entries bigint;
  total numeric;
begin
  select count(*), coalesce(sum(amount), 0) into entries, total
    from ledger_entry where transaction_id = ledger_transaction;
  if entries < 2 or total <> 0 then
    raise exception 'ledger transaction % has % entries that sum to %', ledger_transaction, entries, total
      using errcode = 'check_violation', constraint = 'ledger_balance';
  end if;
end
$$;

create function check_header_balance() returns trigger language plpgsql as $$
begin
  perform require_balance(new.id);
  return null;
end
$$;

create function check_entry_balance() returns trigger language plpgsql as $$
begin
  perform require_balance(new.transaction_id);
  return null;
end
$$;

-- At commit, from both sides: a header without entries is as wrong as entries that do not sum to nothing.
create constraint trigger ledger_balance after insert on ledger_transaction
  deferrable initially deferred for each row execute function check_header_balance();
create constraint trigger ledger_balance after insert on ledger_entry
  deferrable initially deferred for each row execute function check_entry_balance();

-- The cached balances are the sums of the entries, because each entry moves them and nothing else can.
create function move_balance() returns trigger language plpgsql as $$
declare
  account ledger_account;
begin
  select * into account from ledger_account where id = new.account_id;
  if account.wallet_id is null then
    return null;
  end if;
  update wallet set
    cash_balance = cash_balance - case account.bucket when 'cash' then new.amount else 0 end,
    promo_balance = promo_balance - case account.bucket when 'promo' then new.amount else 0 end,
    held_balance = held_balance - case account.bucket when 'hold' then new.amount else 0 end
    where id = account.wallet_id;
  return null;
end
$$;

create trigger move_balance after insert on ledger_entry for each row execute function move_balance();

create function guard_wallet() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'wallets are closed, not deleted' using errcode = 'restrict_violation';
  elsif tg_op = 'INSERT' then
    if (new.cash_balance, new.promo_balance, new.held_balance, new.transaction_count) <> (0, 0, 0, 0) then
      raise exception 'a wallet begins empty' using errcode = 'restrict_violation';
    end if;
  elsif (new.cash_balance, new.promo_balance, new.held_balance)
      <> (old.cash_balance, old.promo_balance, old.held_balance) and pg_trigger_depth() < 2 then
    raise exception 'balances are moved by entries of the ledger alone' using errcode = 'restrict_violation';
  elsif new.total_credited < old.total_credited or new.total_debited < old.total_debited
      or new.total_cashback < old.total_cashback then
    raise exception 'totals of a lifetime never fall' using errcode = 'restrict_violation';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end
$$;

create trigger guard before insert or update or delete on wallet for each row execute function guard_wallet();

create table state_history (
  id uuid primary key,
  entity varchar(40) not null,
  entity_id uuid not null,
  from_state varchar(40),
  to_state varchar(40) not null,
  trigger varchar(60) not null,
  actor varchar(64) not null,
  note varchar(500),
  created_at timestamptz not null
);

create index state_history_entity on state_history (entity, entity_id, created_at);
create trigger append_only before update or delete on state_history for each row execute function refuse_change();
