-- What refunds need to be carried out, and what settled sellers owe or get for them. Amounts in rupiah.

alter table refund
  add column order_item_ids uuid[],
  -- Whether the courier had the goods, and so has earned the shipping.
  add column was_handed_over boolean not null default false,
  -- How and where a person has sent the money by hand.
  add column transfer_reference varchar(255),
  add column proof_url varchar(500);

-- A user's key has the user before it.
alter table refund alter column request_key type varchar(300);

create index refund_order on refund (order_id, created_at);
create index refund_user on refund (user_id, id);
create index refund_unfinished on refund (updated_at) where status in ('approved', 'processing');

-- The commission that the seller does not owe any longer; known once the refund is under way.
alter table refund_line add column commission_returned bigint not null default 0 check (commission_returned >= 0);
-- Names one seller's part of a refund.
alter table refund_line add column id uuid not null default gen_random_uuid() unique;

create table settlement_adjustment (
  id uuid primary key,
  seller_id uuid not null,
  kind text not null
    check (kind in ('refund_clawback', 'commission_return', 'ad_spend', 'shipping_overage', 'manual')),
  amount bigint not null check (amount <> 0),
  reference_id uuid not null,
  reason varchar(500) not null,
  created_by varchar(64) not null,
  -- Null until a settlement has applied it.
  settlement_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (kind, reference_id)
);

create index settlement_adjustment_open on settlement_adjustment (seller_id) where settlement_id is null;

create index gateway_log_refund on gateway_log (refund_id, created_at) where refund_id is not null;
