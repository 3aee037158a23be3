-- A day's movements of money, held against the provider's list of them. Amounts in rupiah, money out negative.

create table reconciliation_run (
  id uuid primary key,
  recon_date date not null unique,
  status text not null default 'running' check (status in ('running', 'balanced', 'unbalanced', 'failed')),
  matched int not null default 0 check (matched >= 0),
  missing_here int not null default 0 check (missing_here >= 0),
  missing_there int not null default 0 check (missing_there >= 0),
  amount_mismatch int not null default 0 check (amount_mismatch >= 0),
  fee_mismatch int not null default 0 check (fee_mismatch >= 0),
  duplicate int not null default 0 check (duplicate >= 0),
  unmodelled int not null default 0 check (unmodelled >= 0),
  healed int not null default 0 check (healed >= 0),
  amount_here bigint not null default 0,
  amount_there bigint not null default 0,
  -- What stands between us and the wallet service at the end of the day; null when it could not be asked.
  clearing_here bigint,
  clearing_there bigint,
  -- How often it was begun anew, and how far this time has come: committed with every page, so that it goes on there.
  pass int not null default 1 check (pass > 0),
  progress jsonb not null,
  -- Who works on it, and until when nobody else does.
  worker_id uuid,
  worker_until timestamptz,
  last_error varchar(500),
  started_at timestamptz not null,
  finished_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table reconciliation_item (
  id uuid primary key,
  run_id uuid not null references reconciliation_run,
  kind text not null check (kind in (
    'missing_here', 'missing_there', 'amount_mismatch', 'fee_mismatch', 'duplicate', 'unmodelled')),
  txn_type text not null check (txn_type in ('payment', 'refund', 'payout', 'other')),
  our_ref varchar(255),
  gateway_ref varchar(64),
  amount_here bigint,
  amount_there bigint,
  fee_here bigint,
  fee_there bigint,
  healed boolean not null default false,
  resolution text check (resolution in ('fixed', 'written_off', 'refunded', 'not_an_issue')),
  resolved_by varchar(64),
  resolved_at timestamptz,
  note varchar(1000),
  -- The pass of the run that has seen it last.
  pass int not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique nulls not distinct (run_id, txn_type, our_ref, gateway_ref),
  check ((resolution is null) = (resolved_at is null) and (resolution is null) = (resolved_by is null))
);

create index reconciliation_item_list on reconciliation_item (run_id, id);

-- The provider's id of the movement that each of ours is one with, and what the provider kept of it.
alter table gateway_invoice
  add column reconciled_txn varchar(64),
  add column gateway_fee bigint check (gateway_fee >= 0);
alter table refund
  add column reconciled_txn varchar(64),
  add column gateway_fee bigint check (gateway_fee >= 0);
alter table payout add column reconciled_txn varchar(64);

-- Few are not reconciled at any time, so finding them does not depend on how many ever were.
create index gateway_invoice_unreconciled on gateway_invoice (paid_at, id)
  where reconciled_txn is null and paid_at is not null;
create index refund_unreconciled on refund (completed_at, id)
  where reconciled_txn is null and status = 'completed' and method = 'original_payment';
create index payout_unreconciled on payout (completed_at, id) where reconciled_txn is null and status = 'succeeded';
create index gateway_invoice_money on gateway_invoice (gateway_payment_id) where gateway_payment_id is not null;
