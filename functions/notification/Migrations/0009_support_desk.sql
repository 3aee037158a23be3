-- What support looks at and sends again, and how many messages there were of a kind on a day.

-- The attempts from before somebody had a message sent again: the numbers of attempts go on, and each time there are five.
alter table notification add column tries_before smallint not null default 0 check (tries_before >= 0);
alter table notification drop constraint notification_attempts_check;
alter table notification add constraint notification_attempts_check check (attempts - tries_before between 0 and 5);
alter table delivery drop constraint delivery_attempt_check;
alter table delivery add constraint delivery_attempt_check check (attempt >= 1);

create index notification_user on notification (user_id, id desc);
create index delivery_status on delivery (status, id desc);
create index delivery_channel on delivery (channel, id desc);
create index delivery_provider on delivery (provider, id desc);

-- By Jakarta's day on which it happened. It stays when the messages themselves are gone.
create table daily_count (
  day date not null,
  channel channel not null,
  type notification_type not null,
  created int not null default 0,
  skipped int not null default 0,
  sent int not null default 0,
  delivered int not null default 0,
  opened int not null default 0,
  failed int not null default 0,
  cost_micro bigint not null default 0,
  primary key (day, channel, type)
);

-- What is still to be added to it: rows that are only inserted, so that no message waits for another one.
create table daily_count_part (
  id bigint generated always as identity primary key,
  day date not null,
  channel channel not null,
  type notification_type not null,
  created int not null default 0,
  skipped int not null default 0,
  sent int not null default 0,
  delivered int not null default 0,
  opened int not null default 0,
  failed int not null default 0,
  cost_micro bigint not null default 0
);

create function jakarta_day(moment timestamptz) returns date language sql immutable strict as $$
  select (moment at time zone 'Asia/Jakarta')::date
$$;

create function count_new_message() returns trigger language plpgsql as $$
begin
  insert into daily_count_part (day, channel, type, created, sent, delivered)
  values (jakarta_day(new.created_at), new.channel, new.type, 1, (new.sent_at is not null)::int,
    (new.delivered_at is not null)::int);
  return null;
end
$$;
create trigger count_new_message after insert on notification for each row execute function count_new_message();

create function count_message() returns trigger language plpgsql as $$
begin
  insert into daily_count_part (day, channel, type, sent, delivered, failed)
  values (jakarta_day(new.updated_at), new.channel, new.type, (old.sent_at is null and new.sent_at is not null)::int,
    (old.delivered_at is null and new.delivered_at is not null)::int,
    (old.failed_at is null and new.failed_at is not null)::int);
  return null;
end
$$;
create trigger count_message after update on notification for each row
  when (old.sent_at is null and new.sent_at is not null or old.delivered_at is null and new.delivered_at is not null
    or old.failed_at is null and new.failed_at is not null)
  execute function count_message();

create function count_delivery() returns trigger language plpgsql as $$
begin
  insert into daily_count_part (day, channel, type, opened, cost_micro)
  select jakarta_day(new.updated_at), new.channel, type, (old.opened_at is null and new.opened_at is not null)::int,
    new.cost_micro - old.cost_micro
  from notification where id = new.notification_id;
  return null;
end
$$;
create trigger count_delivery after update on delivery for each row
  when (old.opened_at is null and new.opened_at is not null or old.cost_micro <> new.cost_micro)
  execute function count_delivery();

-- What there is already; nobody has counted what was skipped.
insert into daily_count (day, channel, type, created, sent, delivered, failed)
select jakarta_day(moment), channel, type, sum(is_created), sum(is_sent), sum(is_delivered), sum(is_failed)
from notification, lateral (values (created_at, 1, 0, 0, 0), (sent_at, 0, 1, 0, 0), (delivered_at, 0, 0, 1, 0),
  (failed_at, 0, 0, 0, 1)) as happened (moment, is_created, is_sent, is_delivered, is_failed)
where moment is not null group by 1, 2, 3;
insert into daily_count as total (day, channel, type, opened)
select jakarta_day(opened_at), delivery.channel, type, count(*)
from delivery join notification on notification.id = notification_id where opened_at is not null group by 1, 2, 3
on conflict (day, channel, type) do update set opened = excluded.opened;
