-- What people do with each other's posts, gathered until it is worth a message; and where a message stands in the feed.

-- A message that gains more people moves to the top without becoming another one.
alter table notification add column feed_position uuid;
update notification set feed_position = id;
alter table notification alter column feed_position set not null;
drop index notification_feed;
create index notification_feed on notification (user_id, feed_position desc) where channel = 'in_app';
create index notification_group on notification (user_id, group_key, feed_position desc)
  where channel = 'in_app' and group_key is not null;

-- At most one unread message of a group.
create unique index notification_group_unread on notification (user_id, group_key)
  where channel = 'in_app' and group_key is not null and read_at is null and deleted_at is null;
-- What caused a message, the same over all its channels; and when it was first meant to go out.
alter table notification add column occasion varchar(200);
alter table notification add column due_at timestamptz;
update notification set due_at = coalesce(next_attempt_at, created_at);
alter table notification alter column due_at set not null;
-- How many of a kind a user gets on a day.
create index notification_day on notification (user_id, category, due_at);
create index notification_related on notification (related_type, related_id) where channel = 'in_app';

create table social_batch (
  id uuid primary key,
  recipient_id uuid not null,
  type notification_type not null,
  -- The post or comment; the recipient, where there is neither.
  target_id uuid not null,
  window_opened_at timestamptz not null,
  -- Fixed when the window opens, however many come after.
  flush_at timestamptz not null,
  actors uuid[] not null check (cardinality(actors) <= 1000),
  actor_count int not null check (actor_count >= 0),
  -- The most recent first.
  last_actors uuid[] not null check (cardinality(last_actors) <= 3),
  preview varchar(140),
  status text not null default 'open' check (status in ('open', 'flushed', 'empty')),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((status = 'empty') = (actor_count = 0))
);
create unique index social_batch_open on social_batch (recipient_id, type, target_id) where status = 'open';
create index social_batch_due on social_batch (flush_at) where status = 'open';
create index social_batch_latest on social_batch (recipient_id, type, target_id, flush_at desc) where status = 'flushed';
create index social_batch_target on social_batch (target_id) where status = 'open';

-- Who did what already, for a day: liked, unliked and liked again counts once.
create table social_seen (
  recipient_id uuid not null,
  type notification_type not null,
  target_id uuid not null,
  actor_id uuid not null,
  seen_at timestamptz not null,
  primary key (recipient_id, type, target_id, actor_id)
);
create index social_seen_old on social_seen (seen_at);

create table muted_target (
  user_id uuid not null,
  target_type varchar(10) not null check (target_type in ('post', 'user')),
  target_id uuid not null,
  created_at timestamptz not null,
  primary key (user_id, target_type, target_id)
);

-- What was called off before it was even there.
create table cancelled_key (
  cancel_key varchar(120) primary key,
  created_at timestamptz not null
);

-- When a user may be disturbed again; the moment itself outside of the quiet hours. They begin inclusive, end exclusive,
-- and may span midnight.
create function quiet_until(at timestamptz, quiet_start text, quiet_end text, zone text) returns timestamptz
language plpgsql stable as $$
declare
  local_time time := (at at time zone zone)::time;
  today date := (at at time zone zone)::date;
  begins time := quiet_start::time;
  ends time := quiet_end::time;
begin
  if begins < ends then
    if local_time < begins or local_time >= ends then return at; end if;
    return (today + ends) at time zone zone;
  end if;
  if local_time >= begins then return (today + 1 + ends) at time zone zone; end if;
  if local_time < ends then return (today + ends) at time zone zone; end if;
  return at;
end
$$;
