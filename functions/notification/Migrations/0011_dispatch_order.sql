-- What is due is found by where it stands in line, and an address by its hash.

create index notification_next on notification (channel, priority, next_attempt_at, id) where status = 'pending';
create index notification_leased on notification (next_attempt_at) where status = 'queued';
drop index notification_due;

-- A hash is compared as what it is kept as, or the keys are of no use.
create or replace function is_suppressed(on_channel text, address text, at timestamptz) returns boolean language sql stable
as $$
  select exists (
    select from suppression
    where suppression.channel = on_channel and suppression.address_hash = address_hash(address)::char(64)
      and (suppression.until is null or suppression.until > at))
$$;
