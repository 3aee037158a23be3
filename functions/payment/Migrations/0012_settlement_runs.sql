-- What the weekly run, and whoever asks for a seller's sales, find without looking at everybody's.

-- Every line of a sale has one commission, and refunds look for it by the line.
create index commission_ledger_line on commission_ledger (payment_line_id);
-- What of a line went back already.
create index refund_line_line on refund_line (payment_line_id);
create index commission_ledger_newest on commission_ledger (seller_id, id);
-- Handed over long ago, and nobody has told whether the order is completed.
create index commission_ledger_awaited on commission_ledger (collectible_after, id)
  where collectible_at is null and collectible_after is not null and status in ('pending', 'waived');
create index settlement_status on settlement (status, id);

-- Whether a seller may sell, by the newest version that was heard of.
create table seller_standing (
  seller_id uuid primary key,
  version int not null,
  is_suspended boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
