-- Top-ups, bank accounts and withdrawals. The bank is the payment service's affair.

create table topup (
  id uuid primary key,
  topup_number varchar(20) not null unique,
  wallet_id uuid not null references wallet,
  amount bigint not null check (amount > 0),
  bonus_amount bigint not null default 0 check (bonus_amount >= 0),
  payment_id uuid unique,
  payment_url text,
  fee_amount bigint not null default 0 check (fee_amount >= 0),
  status text not null default 'pending' check (status in ('pending', 'paid', 'expired', 'failed', 'cancelled')),
  paid_at timestamptz,
  expires_at timestamptz not null,
  idempotency_key varchar(300) not null unique,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((status = 'paid') = (paid_at is not null))
);

create index topup_wallet on topup (wallet_id, id desc);

create table bank_account (
  id uuid primary key,
  user_id uuid not null,
  channel_code varchar(40) not null,
  -- Sealed; null once its user is gone.
  account_number_enc bytea,
  account_last4 varchar(4) not null,
  -- A keyed hash, by which the same account is known again without being read.
  account_hash bytea not null,
  account_holder varchar(100) not null,
  status text not null default 'unverified' check (status in ('unverified', 'verified', 'invalid')),
  is_default boolean not null default false,
  -- From when on large withdrawals to it need nobody's consent.
  usable_from timestamptz not null,
  deleted_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (account_number_enc is not null or deleted_at is not null)
);

create unique index bank_account_live on bank_account (user_id, account_hash) where deleted_at is null;
create unique index bank_account_default on bank_account (user_id) where is_default and deleted_at is null;

alter table wallet add foreign key (auto_account_id) references bank_account;

create table withdrawal_request (
  id uuid primary key,
  withdrawal_number varchar(20) not null unique,
  wallet_id uuid not null references wallet,
  hold_id uuid not null unique references wallet_hold,
  bank_account_id uuid not null references bank_account,
  amount bigint not null check (amount > 0),
  fee bigint not null check (fee >= 0),
  net_amount bigint not null check (net_amount > 0),
  channel_code varchar(40) not null,
  account_last4 varchar(4) not null,
  account_holder varchar(100) not null,
  status text not null default 'requested' check (status in (
    'requested', 'approved', 'pending_review', 'processing', 'completed', 'failed', 'rejected', 'cancelled')),
  is_auto boolean not null default false,
  -- The Monday of the week that an automatic one is made for.
  auto_week date,
  review_reason varchar(100),
  failure_code varchar(100),
  payout_id uuid unique,
  -- 0 until the payment service was asked; from then on nothing but its answer ends the withdrawal.
  attempt int not null default 0 check (attempt >= 0),
  reviewed_by varchar(64),
  reviewed_at timestamptz,
  processing_at timestamptz,
  completed_at timestamptz,
  failed_at timestamptz,
  idempotency_key varchar(300) not null unique,
  version int not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (net_amount = amount - fee),
  check (is_auto = (auto_week is not null)),
  check (status not in ('processing', 'completed') or payout_id is not null),
  unique (wallet_id, auto_week)
);

create index withdrawal_request_wallet on withdrawal_request (wallet_id, id desc);
create index withdrawal_request_status on withdrawal_request (status, updated_at);
