-- Messages to many at once, and the letter that tells of a week.

create table broadcast (
  id uuid primary key,
  template_code varchar(100) not null,
  -- The versions it goes out in, one per language: what was approved is what people get, whatever is written after.
  template_ids uuid[] not null check (cardinality(template_ids) between 1 and 2),
  category category not null,
  channels text[] not null check (
    cardinality(channels) > 0 and channels <@ array['in_app', 'push', 'email', 'whatsapp', 'sms']),
  -- {"userIds": […]}, sorted, or {"segment": "…"}
  audience jsonb not null check ((audience ? 'userIds') <> (audience ? 'segment')),
  scheduled_for timestamptz not null,
  status varchar(10) not null default 'draft'
    check (status in ('draft', 'scheduled', 'running', 'completed', 'cancelled', 'failed')),
  -- People.
  total int not null check (total >= 0),
  processed int not null default 0,
  skipped int not null default 0 check (skipped >= 0),
  -- Messages, counted once nothing more will come of them; until then they count themselves.
  sent int not null default 0 check (sent >= 0),
  failed int not null default 0 check (failed >= 0),
  -- The last one who was told.
  cursor uuid,
  created_by uuid not null,
  approved_by uuid,
  started_at timestamptz,
  finished_at timestamptz,
  settled_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (skipped <= processed and processed <= total),
  -- Nobody advertises by themselves alone.
  check (category <> 'marketing' or status in ('draft', 'cancelled')
    or (approved_by is not null and approved_by <> created_by))
);
create index broadcast_due on broadcast (scheduled_for) where status = 'scheduled';
create index broadcast_running on broadcast (updated_at) where status = 'running';
create index broadcast_status on broadcast (status, id desc);
create index broadcast_unsettled on broadcast (finished_at) where settled_at is null;

-- How many messages of a key have come how far.
drop index notification_cancel_key;
create index notification_cancel_key on notification (cancel_key, status) where cancel_key is not null;

create index recipient_created on recipient (created_at);
create index notification_preference_newsletter on notification_preference (user_id) where newsletter;

-- Who has had which week's letter. Weeks are named by their Monday.
create table newsletter_digest (
  week date not null,
  user_id uuid not null,
  created_at timestamptz not null,
  primary key (week, user_id)
);
create index newsletter_digest_user on newsletter_digest (user_id);

insert into notification_template
  (id, code, locale, version, name, type, category, title_tpl, body_tpl, html_tpl, action_url_tpl, action_text, channels,
    priority, variables, status, created_at, updated_at)
select ('01900000-0000-7000-8000-' || lpad(number::text, 12, '0'))::uuid, 'newsletter_digest', locale, 1,
  'newsletter_digest', 'system', 'social', title, body,
  '<p>' || sentence || '</p><ul><li>' || replace(facts, ' · ', '</li><li>') || '</li></ul><p><a href="{{link}}">' || action
    || '</a></p><p><small><a href="{{unsubscribe}}">' || leave || '</a></small></p>',
  '/notifications', action, '{email}', 'low',
  jsonb_object_agg(variable, jsonb '{"type": "text", "required": true}'), 'active', now(), now()
from (values
  (2001, 'id', 'Sepekan Anda di Lakoo', 'Inilah yang terjadi dari {{from}} sampai {{to}}.',
    'Suka: {{likes}} · Komentar: {{comments}} · Disimpan dan dibagikan: {{saves}} · Pengikut baru: {{followers}} · Sebutan: {{mentions}}',
    'Lihat', 'Berhenti menerima buletin'),
  (2002, 'en', 'Your week on Lakoo', 'This is what happened from {{from}} to {{to}}.',
    'Likes: {{likes}} · Comments: {{comments}} · Saved and shared: {{saves}} · New followers: {{followers}} · Mentions: {{mentions}}',
    'View', 'Stop receiving the newsletter')
) as letter (number, locale, title, sentence, facts, action, leave)
cross join lateral (select sentence || ' ' || facts as body) with_facts
cross join unnest(array['from', 'to', 'likes', 'comments', 'saves', 'followers', 'mentions', 'link', 'unsubscribe'])
  as variable
group by number, locale, title, sentence, body, facts, action, leave;
