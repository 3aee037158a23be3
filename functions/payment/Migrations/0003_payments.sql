-- What is owed for an order, and the provider's invoice that collects it. Amounts in rupiah.

create table gateway_invoice (
  id uuid primary key,
  -- Known before the provider is called, so that a call whose answer was lost can be found again.
  external_id varchar(64) not null unique,
  gateway_ref varchar(64) unique,
  -- The provider's id of the money received; another one means that the buyer paid twice.
  gateway_payment_id varchar(64),
  url text,
  amount bigint not null check (amount > 0),
  status text not null default 'creating'
    check (status in ('creating', 'open', 'paid', 'expired', 'stale', 'failed')),
  paid_amount bigint check (paid_amount >= 0),
  channel_reported varchar(60),
  success_url varchar(255),
  failure_url varchar(255),
  expires_at timestamptz not null,
  paid_at timestamptz,
  settled_at timestamptz,
  attempts int not null default 0 check (attempts >= 0),
  last_error varchar(500),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (status not in ('open', 'paid') or gateway_ref is not null)
);

create index gateway_invoice_unfinished on gateway_invoice (updated_at) where status in ('creating', 'stale');

create table payment (
  id uuid primary key,
  payment_number varchar(20) not null unique,
  purpose text not null default 'order'
    check (purpose in ('order', 'sponsored_post', 'wallet_topup', 'bazaar_fee')),
  reference_id uuid not null,
  order_number varchar(50),
  checkout_id uuid,
  user_id uuid not null,
  merchandise_amount bigint not null default 0 check (merchandise_amount >= 0),
  platform_discount bigint not null default 0 check (platform_discount >= 0),
  shipping_amount bigint not null default 0 check (shipping_amount >= 0),
  shipping_discount bigint not null default 0 check (shipping_discount >= 0),
  tax_amount bigint not null default 0 check (tax_amount >= 0),
  fee_amount bigint not null default 0 check (fee_amount >= 0),
  amount bigint not null check (amount >= 0),
  wallet_amount bigint not null default 0 check (wallet_amount >= 0),
  gateway_amount bigint generated always as (amount - wallet_amount) stored,
  wallet_hold_id uuid,
  invoice_id uuid references gateway_invoice,
  captured_amount bigint not null default 0 check (captured_amount >= 0),
  late_captured_amount bigint not null default 0 check (late_captured_amount >= 0),
  refund_reserved bigint not null default 0 check (refund_reserved >= 0),
  refunded_amount bigint not null default 0 check (refunded_amount >= 0),
  gateway_fee_actual bigint check (gateway_fee_actual >= 0),
  channel varchar(40) references payment_channel,
  channel_detail varchar(100),
  status text not null default 'pending' check (status in (
    'pending', 'awaiting_payment', 'paid', 'expired', 'cancelled', 'failed', 'partially_refunded', 'refunded')),
  failure_code varchar(100),
  failure_reason varchar(500),
  customer jsonb not null default '{}',
  -- The caller's key; the second and later orders of one call append their place to it.
  idempotency_key varchar(260) not null unique,
  version int not null default 0,
  expires_at timestamptz not null,
  paid_at timestamptz,
  expired_at timestamptz,
  cancelled_at timestamptz,
  failed_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (amount = merchandise_amount - platform_discount + shipping_amount + tax_amount + fee_amount),
  check (wallet_amount <= amount),
  check ((wallet_hold_id is not null) = (wallet_amount > 0)),
  check (refund_reserved + refunded_amount <= captured_amount + late_captured_amount)
);

-- At most one live payment per order. A late payment that was given back is not live, one that was paid stays so.
create unique index payment_live on payment (purpose, reference_id)
  where status not in ('failed', 'expired', 'cancelled') and (status <> 'refunded' or paid_at is not null);
create index payment_reference on payment (purpose, reference_id, created_at);
create index payment_user on payment (user_id, created_at);
create index payment_due on payment (status, expires_at);
create index payment_invoice on payment (invoice_id);
create index payment_checkout on payment (checkout_id);

create table payment_line (
  id uuid primary key,
  payment_id uuid not null references payment,
  seller_id uuid,
  seller_user_id uuid,
  merchandise_amount bigint not null default 0 check (merchandise_amount >= 0),
  platform_discount bigint not null default 0 check (platform_discount between 0 and merchandise_amount),
  shipping_amount bigint not null default 0 check (shipping_amount >= 0),
  shipping_discount bigint not null default 0 check (shipping_discount >= 0),
  tax_amount bigint not null default 0 check (tax_amount >= 0),
  fee_amount bigint not null default 0 check (fee_amount >= 0),
  refunded_merchandise bigint not null default 0,
  refunded_shipping bigint not null default 0,
  refunded_tax bigint not null default 0,
  refunded_fee bigint not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique nulls not distinct (payment_id, seller_id),
  check (refunded_merchandise between 0 and merchandise_amount - platform_discount),
  check (refunded_shipping between 0 and shipping_amount),
  check (refunded_tax between 0 and tax_amount),
  check (refunded_fee between 0 and fee_amount)
);
