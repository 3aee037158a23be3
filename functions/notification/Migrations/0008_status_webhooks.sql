-- What carriers tell of messages after they have taken them.

create table webhook_inbox (
  id uuid primary key,
  kind varchar(40) not null,
  dedupe_key varchar(255) not null unique,
  -- Without the addresses that it named.
  body jsonb not null,
  status text not null check (status in ('processed', 'ignored')),
  reference varchar(255),
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index webhook_inbox_created on webhook_inbox (created_at);

-- Mailboxes that were full or away, until the third time in a row.
create table soft_bounce (
  channel channel not null,
  address_hash char(64) not null,
  count smallint not null check (count between 1 and 3),
  last_at timestamptz not null,
  primary key (channel, address_hash)
);
create index soft_bounce_last on soft_bounce (last_at);
