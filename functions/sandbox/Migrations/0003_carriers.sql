-- What carriers of messages were handed, for whoever wants to see it.

create table carried_message (
  id uuid primary key,
  carrier varchar(20) not null check (carrier in ('sendgrid', 'twilio', 'fcm', 'whatsapp')),
  -- The carrier's own name for it.
  message_id varchar(120) not null unique,
  recipient varchar(255) not null,
  title varchar(500) not null,
  body text not null,
  -- The merchant's id, where it gave one.
  reference varchar(64),
  -- What was last reported of it.
  status varchar(20) not null,
  created timestamptz not null
);
create index carried_message_newest on carried_message (created desc, id desc);

-- What a carrier does to every call while it is set.
create table carrier_fault (
  carrier varchar(20) primary key check (carrier in ('sendgrid', 'twilio', 'fcm', 'whatsapp')),
  fault varchar(20) not null
    check (fault in ('timeout_before', 'timeout_after', 'server_error', 'rate_limited', 'reject'))
);
