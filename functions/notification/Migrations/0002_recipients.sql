-- How users can be reached, and what they want to hear.

create table notification_preference (
  user_id uuid primary key,
  email_enabled boolean not null default true,
  push_enabled boolean not null default true,
  in_app_enabled boolean not null default true,
  sms_enabled boolean not null default true,
  -- Off until the user opts in.
  whatsapp_enabled boolean not null default false,
  order_updates boolean not null default true,
  promotions boolean not null default true,
  price_alerts boolean not null default true,
  newsletter boolean not null default false,
  social_likes boolean not null default true,
  social_comments boolean not null default true,
  social_saves boolean not null default true,
  social_follows boolean not null default true,
  social_mentions boolean not null default true,
  seller_updates boolean not null default true,
  -- {"category:channel": bool}
  overrides jsonb not null default '{}',
  quiet_enabled boolean not null default false,
  quiet_start char(5) not null default '22:00' check (quiet_start ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  quiet_end char(5) not null default '08:00' check (quiet_end ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  timezone varchar(50) not null default 'Asia/Jakarta',
  locale locale not null default 'id',
  unsubscribed_all_marketing_at timestamptz,
  version int not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (quiet_start <> quiet_end)
);

-- A copy of what the account service tells of a user; blanked when the account is deleted.
create table recipient (
  user_id uuid primary key,
  display_name varchar(100),
  email citext,
  email_verified boolean not null default false,
  phone varchar(16) check (phone ~ '^\+[0-9]{8,15}$'),
  phone_verified boolean not null default false,
  avatar_url varchar(500),
  deleted_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table device (
  id uuid primary key,
  user_id uuid not null,
  platform varchar(10) not null check (platform in ('ios', 'android', 'web')),
  token text not null check (char_length(token) between 10 and 4096),
  token_hash char(64) not null unique,
  app_version varchar(30),
  last_seen_at timestamptz not null,
  disabled_at timestamptz,
  disable_reason varchar(100),
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index device_live on device (user_id, last_seen_at) where disabled_at is null;
