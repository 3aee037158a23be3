-- What sellers are paid for a week of sales, once each. Amounts in rupiah.

create table settlement_batch (
  id uuid primary key,
  batch_number varchar(20) not null unique,
  period_start date not null unique check (extract(isodow from period_start) = 1),
  period_end date not null check (period_end = period_start + 7),
  status text not null default 'running' check (status in ('running', 'completed', 'failed')),
  -- The run at work, and until when nobody else takes its place.
  run_id uuid,
  run_until timestamptz,
  sellers int not null default 0 check (sellers >= 0),
  settled int not null default 0 check (settled >= 0),
  carried int not null default 0 check (carried >= 0),
  held int not null default 0 check (held >= 0),
  gross bigint not null default 0 check (gross >= 0),
  refunds bigint not null default 0 check (refunds >= 0),
  commission bigint not null default 0 check (commission >= 0),
  adjustments bigint not null default 0,
  net bigint not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table settlement (
  id uuid primary key,
  settlement_number varchar(20) not null unique,
  batch_id uuid not null references settlement_batch,
  seller_id uuid not null,
  seller_user_id uuid not null,
  gross bigint not null check (gross >= 0),
  refunds bigint not null check (refunds between 0 and gross),
  commission bigint not null check (commission between 0 and gross - refunds),
  adjustments bigint not null,
  carry_in bigint not null,
  net bigint not null,
  carry_out bigint not null default 0,
  -- The settlement that took what was carried out of this one, which so can be taken once only.
  carried_to uuid references settlement,
  order_count int not null check (order_count >= 0),
  status text not null default 'calculated'
    check (status in ('calculated', 'approved', 'held', 'carried_forward', 'completed')),
  hold_reason varchar(500),
  approved_by varchar(64),
  approved_at timestamptz,
  completed_at timestamptz,
  version int not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (batch_id, seller_id),
  check (net = gross - refunds - commission + adjustments + carry_in),
  check (carry_out = case when status = 'carried_forward' then net else 0 end)
);

create index settlement_seller on settlement (seller_id, id);
create index settlement_carry on settlement (seller_id) where carry_out <> 0 and carried_to is null;

create table settlement_line (
  commission_id uuid primary key references commission_ledger,
  settlement_id uuid not null references settlement,
  order_id uuid not null,
  gross bigint not null check (gross >= 0),
  refunds bigint not null check (refunds between 0 and gross),
  commission bigint not null check (commission between 0 and gross - refunds),
  net bigint not null generated always as (gross - refunds - commission) stored,
  created_at timestamptz not null
);

create index settlement_line_settlement on settlement_line (settlement_id);
create trigger append_only before update or delete on settlement_line for each row execute function refuse_change();

create table seller_hold (
  seller_id uuid primary key,
  reason varchar(500) not null,
  held_by varchar(64) not null,
  held_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

alter table commission_ledger add foreign key (settlement_id) references settlement;
alter table settlement_adjustment add foreign key (settlement_id) references settlement;

-- Few rows are unsettled at any time, so finding who is due does not depend on how many ever were.
create index commission_ledger_unsettled on commission_ledger (seller_id, collectible_at)
  where settlement_id is null and collectible_at is not null;
create index settlement_adjustment_settlement on settlement_adjustment (settlement_id) where settlement_id is not null;
