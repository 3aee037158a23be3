-- The invoices of a payment provider that exists on this machine only. Amounts in rupiah.

create table invoice (
  id varchar(24) primary key,
  -- Not unique, as with the provider that this stands in for.
  external_id varchar(255) not null,
  status text not null default 'PENDING' check (status in ('PENDING', 'PAID', 'SETTLED', 'EXPIRED')),
  amount bigint not null check (amount > 0),
  -- What the caller sent besides, given back as it came.
  request jsonb not null default '{}',
  expiry_date timestamptz not null,
  paid_at timestamptz,
  payment_id varchar(64),
  payment_channel varchar(40),
  created timestamptz not null,
  updated timestamptz not null,
  check ((paid_at is not null) = (status in ('PAID', 'SETTLED')))
);

create index invoice_external_id on invoice (external_id, created);
create index invoice_created on invoice (created, id);
create index invoice_due on invoice (expiry_date) where status = 'PENDING';
