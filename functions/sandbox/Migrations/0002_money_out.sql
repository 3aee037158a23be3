-- Refunds, payouts, the list of transactions, webhooks on their way, and the faults that are switched on.

create table refund (
  id varchar(64) primary key,
  invoice_id varchar(24) not null references invoice,
  idempotency_key varchar(255) unique,
  -- As it came, to tell a repeat from another one under the same key.
  request jsonb not null,
  reference_id varchar(255),
  amount bigint not null check (amount > 0),
  reason text,
  status text not null default 'PENDING' check (status in ('PENDING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
  failure_code text,
  created timestamptz not null,
  updated timestamptz not null
);

create index refund_invoice on refund (invoice_id, created);

create table payout (
  id varchar(64) primary key,
  idempotency_key varchar(100) not null unique,
  request jsonb not null,
  reference_id varchar(255) not null,
  channel_code varchar(40) not null,
  account_number varchar(30) not null,
  amount bigint not null check (amount > 0),
  status text not null default 'ACCEPTED'
    check (status in ('ACCEPTED', 'REQUESTED', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'REVERSED')),
  failure_code text,
  -- When the bank sends it back.
  reverse_at timestamptz,
  created timestamptz not null,
  updated timestamptz not null
);

create index payout_reference on payout (reference_id, created);
create index payout_created on payout (created, id);
create index payout_reverse on payout (reverse_at) where reverse_at is not null;

create table txn (
  id varchar(64) primary key,
  product_id varchar(64) not null unique,
  type text not null check (type in ('PAYMENT', 'REFUND', 'DISBURSEMENT')),
  status text not null check (status in ('PENDING', 'SUCCESS', 'FAILED', 'VOIDED', 'REVERSED')),
  cashflow text not null check (cashflow in ('MONEY_IN', 'MONEY_OUT')),
  channel_category text not null,
  channel_code text not null,
  account_identifier text,
  reference_id varchar(255) not null,
  amount bigint not null check (amount > 0),
  fee bigint not null check (fee >= 0),
  tax bigint not null check (tax >= 0),
  invoice_id varchar(24) references invoice,
  -- When money that came in may be spent.
  settles_at timestamptz,
  created timestamptz not null,
  updated timestamptz not null,
  check ((settles_at is not null) = (cashflow = 'MONEY_IN'))
);

create index txn_created on txn (created, id);
create index txn_reference on txn (reference_id);
create index txn_invoice on txn (invoice_id);

create table webhook (
  id uuid primary key,
  path text not null,
  object_id varchar(64) not null,
  body jsonb not null,
  copies int not null default 1 check (copies >= 0),
  attempts int not null default 0,
  last_status int,
  -- When the next attempt is to be made; null while one is under way, and when there is no more.
  due_at timestamptz,
  -- Waits until a later one about the same object has been delivered.
  is_held boolean not null default false,
  delivered_at timestamptz,
  created timestamptz not null
);

create index webhook_due on webhook (due_at) where due_at is not null;
create index webhook_object on webhook (object_id, created);
create index webhook_created on webhook (created);

-- One row. Rates are per thousand calls or webhooks.
create table fault (
  is_only boolean primary key default true check (is_only),
  seed bigint not null default 1,
  draws bigint not null default 0,
  timeout_before int not null default 0 check (timeout_before between 0 and 1000),
  timeout_after int not null default 0 check (timeout_after between 0 and 1000),
  server_error int not null default 0 check (server_error between 0 and 1000),
  rate_limited int not null default 0 check (rate_limited between 0 and 1000),
  webhook_late int not null default 0 check (webhook_late between 0 and 1000),
  webhook_duplicate int not null default 0 check (webhook_duplicate between 0 and 1000),
  webhook_disordered int not null default 0 check (webhook_disordered between 0 and 1000),
  webhook_lost int not null default 0 check (webhook_lost between 0 and 1000),
  stall_seconds int not null default 20 check (stall_seconds between 0 and 50),
  late_seconds int not null default 120 check (late_seconds between 0 and 86400),
  -- Whether what is not acknowledged comes again in the provider's hours, or soon.
  real_retries boolean not null default false,
  -- A code that refunds fail with; null lets them succeed.
  refund_failure text,
  opening_balance bigint not null default 1000000000 check (opening_balance >= 0)
);

insert into fault default values;
