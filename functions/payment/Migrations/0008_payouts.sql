-- Money that goes out to bank accounts and e-wallets. Amounts in rupiah.

create table payout_channel (
  code varchar(40) primary key,
  kind text not null check (kind in ('bank', 'ewallet')),
  name varchar(100) not null,
  enabled boolean not null default true,
  min_amount bigint not null check (min_amount > 0),
  max_amount bigint not null check (max_amount >= min_amount),
  created_at timestamptz not null,
  updated_at timestamptz not null
);

insert into payout_channel (code, kind, name, min_amount, max_amount, created_at, updated_at)
select 'ID_' || code, kind, name, 10000, case kind when 'bank' then 1000000000 else 20000000 end,
  '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'
from (values
  ('BCA', 'bank', 'BCA'), ('MANDIRI', 'bank', 'Mandiri'), ('BNI', 'bank', 'BNI'), ('BRI', 'bank', 'BRI'),
  ('BSI', 'bank', 'BSI'), ('PERMATA', 'bank', 'Permata'), ('CIMB', 'bank', 'CIMB Niaga'),
  ('DANAMON', 'bank', 'Danamon'), ('PANIN', 'bank', 'Panin'), ('BJB', 'bank', 'BJB'), ('MEGA', 'bank', 'Mega'),
  ('BNC', 'bank', 'Neo Commerce'), ('BTPN', 'bank', 'BTPN / Jenius'), ('BCA_SYR', 'bank', 'BCA Syariah'),
  ('DBS', 'bank', 'DBS'), ('DKI', 'bank', 'Bank Jakarta'), ('COMMONWEALTH', 'bank', 'Commonwealth'),
  ('HANA', 'bank', 'KEB Hana'), ('MAYAPADA', 'bank', 'Mayapada'), ('SINARMAS', 'bank', 'Sinarmas'),
  ('BUKOPIN', 'bank', 'KB Bukopin'), ('CITIBANK', 'bank', 'Citibank'), ('CCB', 'bank', 'CCB Indonesia'),
  ('SAHABAT_SAMPOERNA', 'bank', 'Sahabat Sampoerna'), ('MUAMALAT', 'bank', 'Muamalat'),
  ('BTPN_SYARIAH', 'bank', 'BTPN Syariah'), ('GOPAY', 'ewallet', 'GoPay'), ('OVO', 'ewallet', 'OVO'),
  ('DANA', 'ewallet', 'DANA'), ('LINKAJA', 'ewallet', 'LinkAja'), ('SHOPEEPAY', 'ewallet', 'ShopeePay')
) as seed (code, kind, name);

create table payout (
  id uuid primary key,
  payout_number varchar(20) not null unique,
  kind text not null check (kind in ('withdrawal', 'refund', 'bazaar_sponsorship')),
  reference_id uuid not null,
  amount bigint not null check (amount > 0),
  gateway_fee bigint check (gateway_fee >= 0),
  channel_code varchar(40) not null references payout_channel,
  -- Sealed; the last digits are what people see.
  account_enc bytea not null,
  account_last4 varchar(4) not null,
  account_holder varchar(100) not null,
  status text not null default 'creating'
    check (status in ('creating', 'accepted', 'succeeded', 'failed', 'reversed', 'cancelled')),
  attempts int not null default 1 check (attempts > 0),
  -- The provider's idempotency key as well, so that no attempt pays twice.
  external_id varchar(64) not null unique,
  gateway_ref varchar(64) unique,
  failure_code varchar(100),
  failure_reason varchar(500),
  -- When a failed one is tried again by itself; until then nobody is told that it failed.
  retry_at timestamptz,
  -- Whether the books have it as on its way or gone, and for the how manieth time.
  is_booked boolean not null default false,
  booking int not null default 1 check (booking > 0),
  requested_by varchar(64) not null,
  accepted_at timestamptz,
  completed_at timestamptz,
  version int not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (kind, reference_id),
  check (retry_at is null or status = 'failed'),
  check (gateway_ref is not null or status in ('creating', 'failed'))
);

create index payout_unfinished on payout (status, updated_at) where status in ('creating', 'accepted');
create index payout_retry on payout (retry_at) where retry_at is not null;

alter table gateway_log add constraint gateway_log_payout foreign key (payout_id) references payout;
create index gateway_log_payout on gateway_log (payout_id, created_at) where payout_id is not null;
