-- Messages to users, one row per message, user and channel, and what decides over them.

create extension if not exists citext;

-- What a message is about; decides which switches of the user count.
create domain category as varchar(20) check (value in (
  'order', 'payment', 'refund', 'payout', 'security', 'social', 'seller', 'product', 'marketing', 'ops', 'system'));
create domain channel as varchar(20) check (value in ('in_app', 'push', 'email', 'whatsapp', 'sms'));
create domain priority as varchar(10) check (value in ('low', 'normal', 'high', 'urgent'));
create domain locale as varchar(2) check (value in ('id', 'en'));
create domain notification_type as varchar(40) check (value in (
  'order_created', 'order_confirmed', 'order_shipped', 'order_delivered', 'order_cancelled', 'payment_pending',
  'payment_success', 'payment_failed', 'payment_expired', 'refund_processed', 'refund_rejected', 'return_update',
  'review_request', 'settlement_paid', 'withdrawal_update', 'price_drop', 'back_in_stock', 'promotion',
  'cart_abandoned', 'post_liked', 'post_commented', 'post_saved', 'post_shared', 'new_follower',
  'mentioned_in_comment', 'product_tagged', 'seller_new_post', 'comment_liked', 'review_response', 'seller_update',
  'ad_update', 'ticket_update', 'product_approved', 'product_rejected', 'content_moderated',
  'sponsored_post_completed', 'low_stock', 'ops_alert', 'security_alert', 'welcome', 'system'));

create table notification (
  id uuid primary key,
  user_id uuid not null,
  type notification_type not null,
  category category not null,
  channel channel not null,
  template_code varchar(100),
  template_version int,
  title varchar(255) not null,
  body text not null check (char_length(body) <= 4000),
  short_text varchar(160),
  html text check (octet_length(html) <= 204800),
  action_url varchar(500),
  action_text varchar(100),
  image_url varchar(500),
  related_type varchar(50),
  related_id uuid,
  group_key varchar(120),
  actor_ids uuid[] not null default '{}' check (cardinality(actor_ids) <= 3),
  actor_count int not null default 1 check (actor_count >= 1),
  priority priority not null default 'normal',
  status varchar(10) not null default 'pending'
    check (status in ('pending', 'queued', 'sent', 'delivered', 'failed', 'cancelled')),
  scheduled_for timestamptz,
  next_attempt_at timestamptz,
  attempts smallint not null default 0 check (attempts between 0 and 5),
  cancel_key varchar(120),
  -- SHA-256 of event, user, template and channel: what makes a replayed event a repetition.
  dedupe_key varchar(200) not null unique,
  sent_at timestamptz,
  delivered_at timestamptz,
  failed_at timestamptz,
  read_at timestamptz,
  deleted_at timestamptz,
  failure_code varchar(100),
  metadata jsonb not null default '{}' check (octet_length(metadata::text) <= 4096),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((template_code is null) = (template_version is null)),
  check (read_at is null or channel = 'in_app')
);
create index notification_feed on notification (user_id, channel, id desc);
create index notification_due on notification (status, next_attempt_at);
create index notification_unread on notification (user_id) where channel = 'in_app' and read_at is null;
create index notification_cancel_key on notification (cancel_key);

create table notification_template (
  id uuid primary key,
  code varchar(100) not null check (code ~ '^[a-z0-9_.]{3,100}$'),
  locale locale not null default 'id',
  version int not null check (version >= 1),
  name varchar(100) not null,
  type notification_type not null,
  category category not null,
  title_tpl varchar(255) not null,
  body_tpl text not null,
  sms_tpl varchar(160),
  html_tpl text,
  action_url_tpl varchar(500),
  action_text varchar(100),
  channels text[] not null,
  priority priority not null default 'normal',
  -- Name to {"type", "required"}.
  variables jsonb not null default '{}',
  status varchar(10) not null default 'draft' check (status in ('draft', 'active', 'retired')),
  created_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (code, locale, version),
  check (channels <@ array['in_app', 'push', 'email', 'whatsapp', 'sms'])
);
create unique index notification_template_active on notification_template (code, locale) where status = 'active';

-- Which message an event becomes, for whom and over what.
create table event_route (
  event_type varchar(100) primary key,
  template_code varchar(100) not null,
  audience varchar(10) not null check (audience in ('actor', 'owner', 'followers', 'role')),
  role varchar(30),
  category category not null,
  priority priority not null default 'normal',
  channels text[] not null check (channels <@ array['in_app', 'push', 'email', 'whatsapp', 'sms']),
  batch boolean not null default false,
  enabled boolean not null default true,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((audience = 'role') = (role is not null))
);

-- Every attempt to get a message to its user.
create table delivery (
  id uuid primary key,
  notification_id uuid not null references notification on delete cascade,
  attempt smallint not null check (attempt between 1 and 5),
  channel channel not null,
  provider varchar(30) not null,
  recipient_masked varchar(255) not null,
  provider_message_id varchar(255),
  status varchar(10) not null default 'pending'
    check (status in ('pending', 'sent', 'delivered', 'opened', 'clicked', 'bounced', 'failed')),
  error_code varchar(100),
  error_message varchar(500),
  cost_micro bigint not null default 0 check (cost_micro >= 0),
  sent_at timestamptz,
  delivered_at timestamptz,
  opened_at timestamptz,
  clicked_at timestamptz,
  bounced_at timestamptz,
  failed_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (notification_id, attempt),
  unique (provider, provider_message_id)
);

-- Who changed what, and why; rows are only ever added.
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
