-- The regions of Indonesia under the codes of the Ministry of Home Affairs, the dots left out: 2 digits for a province,
-- 4 for a city, 6 for a district. Rows are never deleted, because addresses point at them; is_active hides one.

create extension if not exists pg_trgm;

-- Comparing trigrams is dear, and the planner thinks it free: told the truth, it searches by index. Only a superuser
-- may say so; without one, searches are merely slower.
do $$
begin
  alter function similarity_op(text, text) cost 100;
  alter function word_similarity_op(text, text) cost 100;
  alter function word_similarity_commutator_op(text, text) cost 100;
exception when insufficient_privilege then null;
end $$;

-- A name as people type it: lower case, no accents or punctuation, none of the words for the kind of area.
-- A name that is nothing but such a word (the district Kota in Kediri) keeps it.
create function folded_name(name text) returns text
language sql immutable strict parallel safe as $$
  with plain (name) as (
    select btrim(regexp_replace(
      lower(regexp_replace(normalize(name, NFD), '[\u0300-\u036f''’`]', '', 'g')), '[^a-z0-9]+', ' ', 'g'))
  )
  select coalesce(
    nullif(btrim(regexp_replace(
      plain.name, '\m(kota|kab|kabupaten|kec|kecamatan|administrasi)\M ?', '', 'g')), ''),
    plain.name)
  from plain
$$;

create table province (
  code char(2) primary key check (code ~ '^[1-9][0-9]$'),
  name varchar(100) not null unique,
  folded_name text not null generated always as (folded_name(name)) stored,
  island_group varchar(20) not null generated always as (
    case left(code, 1)
      when '1' then 'sumatra' when '2' then 'sumatra' when '3' then 'java' when '5' then 'bali_nusa'
      when '6' then 'kalimantan' when '7' then 'sulawesi' when '8' then 'maluku' when '9' then 'papua'
    end) stored,
  is_remote boolean not null default false,
  latitude numeric(9, 6),
  longitude numeric(9, 6),
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index province_folded_name on province using gin (folded_name gin_trgm_ops);

-- Cities of one metropolitan area count as one place for delivery, whichever province they are in.
create table metro_area (
  code varchar(30) primary key,
  name varchar(100) not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table city (
  code char(4) primary key,
  province_code char(2) not null references province,
  type varchar(10) not null check (type in ('kota', 'kabupaten')),
  name varchar(100) not null,
  -- 26 names exist as kota and as kabupaten, so the name alone is never shown.
  full_name varchar(120) not null generated always as (
    case type when 'kota' then 'Kota ' else 'Kabupaten ' end || name) stored,
  folded_name text not null generated always as (folded_name(name)) stored,
  latitude numeric(9, 6),
  longitude numeric(9, 6),
  metro_code varchar(30) references metro_area,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (code ~ '^[0-9]{4}$' and left(code, 2) = province_code),
  unique (province_code, type, name)
);
create index city_folded_name on city using gin (folded_name gin_trgm_ops);

create table district (
  code char(6) primary key,
  city_code char(4) not null references city,
  name varchar(100) not null,
  folded_name text not null generated always as (folded_name(name)) stored,
  is_remote boolean not null default false,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (code ~ '^[0-9]{6}$' and left(code, 4) = city_code),
  unique (city_code, name)
);
create index district_folded_name on district using gin (folded_name gin_trgm_ops);

-- One code may serve several districts and cities, never several provinces.
create table postal_code (
  postal_code char(5) not null check (postal_code ~ '^[1-9][0-9]{4}$'),
  district_code char(6) not null references district,
  primary key (postal_code, district_code)
);
create index postal_code_district on postal_code (district_code);

-- Other spellings that people write, already folded.
create table region_alias (
  level varchar(10) not null check (level in ('province', 'city', 'district')),
  code varchar(6) not null,
  alias varchar(100) not null check (alias = folded_name(alias)),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (level, code, alias),
  check (length(code) = case level when 'province' then 2 when 'city' then 4 else 6 end)
);
create index region_alias_alias on region_alias (alias);

create table shipping_zone (
  code char(2) primary key,
  rank smallint not null unique,
  name varchar(100) not null,
  eta_min_d smallint not null check (eta_min_d > 0),
  eta_max_d smallint not null check (eta_max_d >= eta_min_d)
);

-- Which edition of the region data is in use.
create table region_dataset (
  version int primary key,
  source varchar(255) not null,
  checksum char(64) not null,
  rows jsonb not null,
  status varchar(10) not null check (status in ('staged', 'active', 'retired')),
  imported_by uuid,
  activated_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index region_dataset_active on region_dataset (status) where status = 'active';

-- Every region that may be found by its name.
create view named_region as
  select 'province' as level, code::text, folded_name from province where is_active
  union all
  select 'city', code::text, folded_name from city where is_active
  union all
  select 'district', code::text, folded_name from district where is_active;
