-- What advertisers pay, how buyers like to pay, and when the provider was asked last. Amounts in rupiah.

alter table payment add column synced_at timestamptz;
create index payment_user_newest on payment (user_id, id);

create table sponsored_post_payment (
  id uuid primary key,
  sponsored_post_id uuid not null unique,
  post_id uuid,
  seller_id uuid,
  user_id uuid not null,
  budget_amount bigint not null check (budget_amount > 0),
  -- The newest of those that were to pay it.
  payment_id uuid not null unique references payment,
  status text not null default 'pending'
    check (status in ('pending', 'paid', 'expired', 'cancelled', 'failed', 'refunded')),
  paid_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table payment_method (
  id uuid primary key,
  user_id uuid not null,
  channel varchar(40) not null references payment_channel,
  -- Sealed; gone with the method.
  gateway_token_enc bytea,
  gateway_token_hash bytea,
  card_brand varchar(20),
  card_last4 varchar(4),
  card_exp_month smallint check (card_exp_month between 1 and 12),
  card_exp_year smallint,
  holder_name varchar(100),
  bank_code varchar(20),
  account_last4 varchar(4),
  ewallet_phone_masked varchar(30),
  display_name varchar(100),
  is_default boolean not null default false,
  last_used_at timestamptz,
  deleted_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((gateway_token_enc is null) = (deleted_at is not null)),
  check (not (is_default and deleted_at is not null))
);

create index payment_method_user on payment_method (user_id, id) where deleted_at is null;
create unique index payment_method_default on payment_method (user_id) where is_default and deleted_at is null;
create unique index payment_method_token on payment_method (user_id, gateway_token_hash) where deleted_at is null;
