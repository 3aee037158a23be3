-- Double entry: debits are positive, credits negative, and every transaction sums to nothing. Amounts in rupiah.

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end
$$;

create table ledger_account (
  id uuid primary key,
  code varchar(80) not null unique,
  kind text not null check (kind in ('asset', 'liability', 'revenue', 'expense', 'clearing')),
  owner_id uuid,
  closed_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table transaction_ledger (
  id uuid primary key,
  kind varchar(40) not null,
  reference_type varchar(40) not null,
  reference_id uuid not null,
  description varchar(255) not null,
  occurred_at timestamptz not null,
  actor varchar(64) not null,
  reverses_id uuid unique references transaction_ledger,
  created_at timestamptz not null,
  unique (kind, reference_type, reference_id)
);

create table transaction_ledger_entry (
  id bigint generated always as identity primary key,
  transaction_id uuid not null references transaction_ledger,
  account_id uuid not null references ledger_account,
  amount bigint not null check (amount <> 0),
  seq smallint not null,
  created_at timestamptz not null,
  unique (transaction_id, seq)
);

create index transaction_ledger_entry_account on transaction_ledger_entry (account_id, id);

create trigger append_only before update or delete on transaction_ledger
  for each row execute function refuse_change();
create trigger append_only before update or delete on transaction_ledger_entry
  for each row execute function refuse_change();
create trigger never_emptied before truncate on transaction_ledger
  for each statement execute function refuse_change();
create trigger never_emptied before truncate on transaction_ledger_entry
  for each statement execute function refuse_change();

create function require_balance(ledger_transaction uuid) returns void language plpgsql as $$
declare
  entries bigint;
  total numeric;
begin
  select count(*), coalesce(sum(amount), 0) into entries, total
    from transaction_ledger_entry where transaction_id = ledger_transaction;
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
create constraint trigger ledger_balance after insert on transaction_ledger
  deferrable initially deferred for each row execute function check_header_balance();
create constraint trigger ledger_balance after insert on transaction_ledger_entry
  deferrable initially deferred for each row execute function check_entry_balance();
