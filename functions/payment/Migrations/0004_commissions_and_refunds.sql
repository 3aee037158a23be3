-- What sellers owe for a sale, and what goes back to buyers. Amounts in rupiah, rates in basis points.

create table commission_ledger (
  id uuid primary key,
  ledger_number varchar(20) not null unique,
  order_id uuid not null,
  payment_id uuid not null references payment,
  payment_line_id uuid not null references payment_line,
  seller_id uuid not null,
  order_number varchar(50) not null,
  base_amount bigint not null check (base_amount >= 0),
  reversed_base bigint not null default 0 check (reversed_base between 0 and base_amount),
  rate_bp int not null check (rate_bp between 0 and 10000),
  commission_amount bigint not null check (commission_amount between 0 and base_amount),
  status text not null default 'pending'
    check (status in ('pending', 'collectible', 'collected', 'waived', 'refunded')),
  delivered_at timestamptz,
  collectible_after timestamptz,
  collectible_at timestamptz,
  collected_at timestamptz,
  settlement_id uuid,
  waive_reason varchar(500),
  waived_by varchar(64),
  version int not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (order_id, seller_id)
);

create index commission_ledger_seller on commission_ledger (seller_id, status, collectible_at);

create table refund (
  id uuid primary key,
  refund_number varchar(20) not null unique,
  payment_id uuid not null references payment,
  order_id uuid,
  return_id uuid,
  user_id uuid not null,
  reason text not null check (reason in (
    'order_cancelled', 'late_payment', 'overpayment', 'duplicate_payment', 'item_defective', 'wrong_item',
    'not_as_described', 'customer_request', 'other')),
  merchandise_amount bigint not null default 0 check (merchandise_amount >= 0),
  shipping_amount bigint not null default 0 check (shipping_amount >= 0),
  tax_amount bigint not null default 0 check (tax_amount >= 0),
  fee_amount bigint not null default 0 check (fee_amount >= 0),
  amount bigint not null check (amount > 0),
  method text not null check (method in ('original_payment', 'wallet', 'bank_transfer')),
  gateway_part bigint not null default 0 check (gateway_part >= 0),
  wallet_part bigint not null default 0 check (wallet_part >= 0),
  status text not null default 'pending'
    check (status in ('pending', 'approved', 'rejected', 'processing', 'completed', 'failed')),
  attempts int not null default 0 check (attempts >= 0),
  gateway_ref varchar(64) unique,
  failure_code varchar(100),
  failure_reason varchar(500),
  bank_account_enc bytea,
  bank_account_last4 varchar(4),
  bank_code varchar(20),
  notes varchar(1000),
  requested_by varchar(64),
  approved_by varchar(64),
  rejected_by varchar(64),
  approved_at timestamptz,
  processing_at timestamptz,
  completed_at timestamptz,
  rejected_at timestamptz,
  rejection_reason varchar(500),
  request_key varchar(255) not null unique,
  version int not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (amount = merchandise_amount + shipping_amount + tax_amount + fee_amount),
  check (amount = gateway_part + wallet_part)
);

create index refund_payment on refund (payment_id);
create index refund_status on refund (status);
create unique index refund_order_cancelled on refund (payment_id)
  where reason = 'order_cancelled' and status <> 'rejected';

create table refund_line (
  refund_id uuid not null references refund,
  payment_line_id uuid not null references payment_line,
  merchandise bigint not null default 0 check (merchandise >= 0),
  shipping bigint not null default 0 check (shipping >= 0),
  tax bigint not null default 0 check (tax >= 0),
  fee bigint not null default 0 check (fee >= 0),
  seller_reversal bigint not null default 0 check (seller_reversal >= 0),
  created_at timestamptz not null,
  primary key (refund_id, payment_line_id)
);
