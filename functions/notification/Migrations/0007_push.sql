-- Pushes to telephones and browsers, and addresses that are left alone.

-- What a carrier lets us in with for an hour, sealed.
create table carrier_access (
  provider varchar(30) primary key,
  token bytea not null,
  expires_at timestamptz not null,
  updated_at timestamptz not null
);

create index device_user on device (user_id, last_seen_at desc);
create index device_disabled on device (disabled_at) where disabled_at is not null;

-- An address that is known by what it hashes to, in lower case: nobody can be written to from here.
create function address_hash(address text) returns text language sql immutable strict as $$
  select encode(sha256(convert_to(lower(address), 'UTF8')), 'hex')
$$;

create table suppression (
  channel channel not null,
  address_hash char(64) not null,
  reason varchar(20) not null check (reason in ('bounce', 'complaint', 'invalid', 'unsubscribe')),
  -- Null for ever.
  until timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (channel, address_hash)
);
create index suppression_newest on suppression (created_at desc, channel, address_hash);

create function is_suppressed(on_channel text, address text, at timestamptz) returns boolean language sql stable as $$
  select exists (
    select from suppression
    where suppression.channel = on_channel and suppression.address_hash = address_hash(address)
      and (suppression.until is null or suppression.until > at))
$$;
