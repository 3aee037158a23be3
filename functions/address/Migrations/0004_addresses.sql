-- Where users want their parcels. Codes point at the regions; names are copied, so that an old address reads as it was
-- written even when a region is renamed.
create table address (
  id uuid primary key,
  user_id uuid not null,
  label varchar(50),
  recipient_name varchar(255) not null,
  phone varchar(16) not null,
  alternate_phone varchar(16),
  street_address varchar(500) not null,
  address_line2 varchar(255),
  rt varchar(3) check (rt ~ '^(0|[1-9][0-9]*)$'),
  rw varchar(3) check (rw ~ '^(0|[1-9][0-9]*)$'),
  village_name varchar(100),
  district_code char(6) references district,
  -- As it was typed, while no district has that name.
  district_name varchar(100),
  city_code char(4) not null references city,
  city_name varchar(120) not null,
  province_code char(2) not null references province,
  province_name varchar(100) not null,
  postal_code char(5) not null check (postal_code ~ '^[1-9][0-9]{4}$'),
  country_code char(2) not null default 'ID' check (country_code = 'ID'),
  latitude numeric(9, 6) check (latitude between -11 and 6),
  longitude numeric(9, 6) check (longitude between 95 and 141),
  geo_accuracy varchar(12) check (geo_accuracy in ('exact', 'approximate', 'city')),
  biteship_area_id varchar(100),
  is_default boolean not null default false,
  is_validated boolean not null default false,
  validated_at timestamptz,
  confidence smallint check (confidence between 0 and 100),
  warnings text[] not null default '{}',
  -- What it was last checked against.
  dataset_version int not null,
  delivery_notes varchar(500),
  landmark varchar(255),
  last_used_at timestamptz,
  use_count int not null default 0 check (use_count >= 0),
  deleted_at timestamptz,
  version int not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (left(city_code, 2) = province_code and (district_code is null or left(district_code, 4) = city_code)),
  check ((latitude is null) = (longitude is null) and (latitude is null) = (geo_accuracy is null)),
  check (deleted_at is null or not is_default),
  -- A deleted user's are blank.
  check (phone ~ '^\+62[2-9][0-9]{7,11}$' or (deleted_at is not null and phone = '')),
  check (alternate_phone ~ '^\+62[2-9][0-9]{7,11}$')
);
create index address_user on address (user_id, deleted_at);
create index address_postal_code on address (postal_code);
create index address_dataset on address (dataset_version, id) where deleted_at is null;
create unique index address_default on address (user_id) where is_default and deleted_at is null;

-- Whoever changes an address book does it one after the other (an advisory lock on the user), and this holds at the end
-- of each of their transactions, whatever they did.
create function check_address_book() returns trigger language plpgsql as $$
declare
  live int;
  defaults int;
begin
  select count(*), count(*) filter (where is_default) into live, defaults
  from address where user_id = new.user_id and deleted_at is null;
  if live > 20 then
    raise exception 'user % has % addresses', new.user_id, live using errcode = 'check_violation';
  end if;
  if defaults <> least(live, 1) then
    raise exception 'user % has % default addresses', new.user_id, defaults using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger address_book after insert or update of user_id, is_default, deleted_at on address
  deferrable initially deferred for each row execute function check_address_book();

-- Which orders were sent where, so that each counts once.
create table address_use (
  address_id uuid not null references address,
  order_id uuid not null,
  created_at timestamptz not null,
  primary key (address_id, order_id)
);

-- What was found out about a place before. No name, phone or street is in it.
create table validation_cache (
  input_hash bytea primary key,
  result jsonb not null,
  dataset_version int not null,
  edition int not null,
  expires_at timestamptz not null
);
create index validation_cache_expires on validation_cache (expires_at);

-- A pair that a later dataset does not have any more is hidden, as a region is.
alter table postal_code add column is_active boolean not null default true;

-- Counts what is changed of a dataset by hand: aliases, flags, metropolitan areas.
alter table region_dataset add column edition int not null default 0;

-- Who changed, erased or looked at what. Regions have codes, so the id is text.
create table state_history (
  id uuid primary key,
  entity varchar(40) not null,
  entity_id varchar(40) not null,
  from_state varchar(40),
  to_state varchar(40) not null,
  trigger varchar(60) not null,
  actor varchar(64) not null,
  note varchar(500),
  created_at timestamptz not null
);
create index state_history_entity on state_history (entity, entity_id, created_at);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger append_only before update or delete on state_history for each row execute function refuse_change();
