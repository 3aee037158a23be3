-- What the buyer pays for paying, and what a seller pays for selling. Amounts in rupiah, rates in basis points.

create extension if not exists btree_gist;

create table fee_policy (
  id uuid primary key,
  purpose text check (purpose in ('order', 'sponsored_post', 'wallet_topup', 'bazaar_fee')),
  channel_kind text check (channel_kind in (
    'virtual_account', 'bank_transfer', 'card', 'ewallet', 'qris', 'retail_outlet', 'paylater', 'wallet')),
  rate_bp int not null check (rate_bp between 0 and 10000),
  fixed_amount bigint not null default 0 check (fixed_amount >= 0),
  base text not null default 'goods' check (base in ('goods', 'total')),
  effective_from timestamptz not null,
  effective_to timestamptz check (effective_to > effective_from),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint fee_policy_no_overlap exclude using gist (
    coalesce(purpose, '') with =, coalesce(channel_kind, '') with =,
    tstzrange(effective_from, effective_to) with &&)
);

insert into fee_policy
  (id, purpose, channel_kind, rate_bp, fixed_amount, base, effective_from, effective_to, created_at, updated_at)
values
  ('00000000-0000-7000-8000-000000000001', null, null, 290, 2000, 'goods', '2026-01-01T00:00:00+07:00', null,
   '2026-01-01T00:00:00+07:00', '2026-01-01T00:00:00+07:00'),
  ('00000000-0000-7000-8000-000000000002', null, 'wallet', 0, 0, 'goods', '2026-01-01T00:00:00+07:00', null,
   '2026-01-01T00:00:00+07:00', '2026-01-01T00:00:00+07:00');

create table commission_rate (
  id uuid primary key,
  seller_id uuid,
  rate_bp int not null check (rate_bp between 0 and 10000),
  reason varchar(500) not null,
  effective_from timestamptz not null,
  effective_to timestamptz check (effective_to > effective_from),
  set_by varchar(64) not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint commission_rate_no_overlap exclude using gist (
    coalesce(seller_id, '00000000-0000-0000-0000-000000000000') with =,
    tstzrange(effective_from, effective_to) with &&)
);

insert into commission_rate
  (id, seller_id, rate_bp, reason, effective_from, effective_to, set_by, created_at, updated_at)
values
  ('00000000-0000-7000-8000-000000000003', null, 50, 'Default', '2026-01-01T00:00:00+07:00', null, 'system',
   '2026-01-01T00:00:00+07:00', '2026-01-01T00:00:00+07:00');
