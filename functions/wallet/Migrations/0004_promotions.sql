-- Promotional credit, cashback, and corrections by people.

create table promotional_credit (
  id uuid primary key,
  name varchar(100) not null,
  description varchar(1000),
  credit_amount bigint not null check (credit_amount > 0),
  min_order_amount bigint check (min_order_amount >= 0),
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  credit_days int not null check (credit_days > 0),
  target_user_ids uuid[] not null default '{}' check (cardinality(target_user_ids) <= 10000),
  segment varchar(50),
  max_awards int check (max_awards > 0),
  awarded_count int not null default 0 check (awarded_count >= 0),
  budget bigint not null check (budget >= 0),
  spent bigint not null default 0 check (spent >= 0),
  campaign_type varchar(50),
  is_active boolean not null default true,
  created_by varchar(64) not null,
  version int not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (valid_from < valid_until),
  check (awarded_count <= max_awards),
  check (spent <= budget)
);

-- One award per user.
create table promo_award (
  campaign_id uuid not null references promotional_credit,
  user_id uuid not null,
  amount bigint not null check (amount > 0),
  transaction_id uuid not null unique references wallet_transaction,
  created_at timestamptz not null,
  primary key (campaign_id, user_id)
);

alter table promo_lot add foreign key (campaign_id) references promotional_credit;

create table cashback_rule (
  id uuid primary key,
  name varchar(100) not null,
  trigger text not null check (trigger in (
    'order_completed', 'first_order', 'nth_order', 'brand_purchase', 'category_purchase')),
  nth int check (nth > 0),
  min_order bigint check (min_order >= 0),
  max_order bigint check (max_order >= 0),
  kind text not null check (kind in ('percentage', 'fixed')),
  value_bp int check (value_bp between 1 and 10000),
  value bigint check (value > 0),
  max_cashback bigint check (max_cashback > 0),
  min_cashback bigint check (min_cashback >= 0),
  brand_ids uuid[] not null default '{}',
  category_ids uuid[] not null default '{}',
  excluded_product_ids uuid[] not null default '{}',
  new_customers_only boolean not null default false,
  per_user_limit int check (per_user_limit > 0),
  total_limit int check (total_limit > 0),
  used_count int not null default 0 check (used_count >= 0),
  credit_after_days int not null default 0 check (credit_after_days >= 0),
  starts_at timestamptz not null,
  ends_at timestamptz,
  priority int not null default 0,
  is_active boolean not null default true,
  deleted_at timestamptz,
  version int not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (kind <> 'percentage' or value_bp is not null),
  check (kind <> 'fixed' or value is not null),
  check (trigger <> 'nth_order' or nth is not null),
  check (used_count <= total_limit)
);

create table cashback_award (
  id uuid primary key,
  rule_id uuid not null references cashback_rule,
  wallet_id uuid not null references wallet,
  order_id uuid not null,
  base_amount bigint not null check (base_amount >= 0),
  amount bigint not null check (amount > 0),
  status text not null default 'pending' check (status in ('pending', 'credited', 'cancelled', 'expired')),
  due_at timestamptz not null,
  transaction_id uuid unique references wallet_transaction,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (rule_id, order_id),
  check ((status = 'credited') = (transaction_id is not null))
);

create index cashback_award_due on cashback_award (due_at) where status = 'pending';
create index cashback_award_wallet on cashback_award (wallet_id, status);
create index cashback_award_order on cashback_award (order_id);

-- What is known of an order: whether it is complete, for a user's first and nth, and whether all was given back.
create table order_standing (
  order_id uuid primary key,
  user_id uuid not null,
  completed_at timestamptz,
  is_refunded boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create index order_standing_user on order_standing (user_id, completed_at) where completed_at is not null;

create table adjustment_request (
  id uuid primary key,
  wallet_id uuid not null references wallet,
  amount bigint not null check (amount <> 0),
  bucket text not null check (bucket in ('cash', 'promo')),
  reason varchar(500) not null,
  expires_at timestamptz,
  status text not null default 'pending' check (status in ('pending', 'applied', 'rejected')),
  requested_by varchar(64) not null,
  decided_by varchar(64),
  transaction_id uuid unique references wallet_transaction,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((status = 'pending') = (decided_by is null)),
  check ((status = 'applied') = (transaction_id is not null)),
  -- What is large needs a second person.
  check (decided_by <> requested_by or abs(amount) <= 1000000)
);

create index adjustment_request_wallet on adjustment_request (wallet_id, id desc);
create index adjustment_request_pending on adjustment_request (id) where status = 'pending';
