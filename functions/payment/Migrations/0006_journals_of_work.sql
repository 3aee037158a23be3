-- What was said to and by the provider, and every change of state. Nothing here is ever deleted by a function.

create table gateway_log (
  id uuid primary key,
  direction text not null check (direction in ('in', 'out')),
  action varchar(60) not null,
  invoice_id uuid references gateway_invoice,
  refund_id uuid references refund,
  payout_id uuid,
  method varchar(10),
  url varchar(500),
  request jsonb,
  response jsonb,
  response_status int,
  duration_ms int,
  error_code varchar(100),
  created_at timestamptz not null
);

create index gateway_log_invoice on gateway_log (invoice_id, created_at);
create index gateway_log_created on gateway_log (created_at);
create trigger append_only before update on gateway_log for each row execute function refuse_change();

create table webhook_inbox (
  id uuid primary key,
  kind varchar(40) not null,
  dedupe_key varchar(255) not null unique,
  body jsonb not null,
  status text not null default 'received' check (status in ('received', 'processed', 'ignored', 'parked')),
  error varchar(500),
  reference varchar(64),
  processed_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create index webhook_inbox_parked on webhook_inbox (created_at) where status = 'parked';

create table state_history (
  id uuid primary key,
  entity varchar(40) not null,
  entity_id uuid not null,
  from_state varchar(40),
  to_state varchar(40) not null,
  trigger varchar(60) not null,
  actor varchar(64) not null,
  note varchar(500),
  created_at timestamptz not null
);

create index state_history_entity on state_history (entity, entity_id, created_at);
create trigger append_only before update or delete on state_history for each row execute function refuse_change();
