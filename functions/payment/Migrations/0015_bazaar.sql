-- What the platform pays a seller for taking part in a bazaar. Amounts in rupiah.

create table bazaar_sponsorship_payment (
  id uuid primary key,
  seller_id uuid not null unique,
  bazaar_campaign_id uuid,
  direction text not null default 'payout' check (direction in ('payout', 'charge')),
  amount bigint not null default 1000000 check (amount > 0),
  payout_id uuid references payout,
  payment_id uuid references payment,
  status text not null default 'requested'
    check (status in ('requested', 'approved', 'processing', 'paid', 'failed', 'cancelled')),
  -- Sealed; the last digits are what people see.
  account_enc bytea not null,
  account_last4 varchar(4) not null,
  account_holder varchar(100) not null,
  bank_code varchar(40) not null references payout_channel,
  requested_by varchar(64) not null,
  approved_by varchar(64) check (approved_by <> requested_by),
  approved_at timestamptz,
  paid_at timestamptz,
  version int not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (status in ('requested', 'cancelled') or approved_by is not null)
);

create index bazaar_sponsorship_payment_status on bazaar_sponsorship_payment (status, id);
