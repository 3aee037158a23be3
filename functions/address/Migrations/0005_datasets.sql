-- Editions of the region data that are imported wait until they are activated, and can be activated again.

-- All rows of the edition.
alter table region_dataset add column content jsonb;

-- Names are unique among the regions that are there, at the end of a transaction: an edition may give a name to another
-- code, or have two regions swap theirs.
alter table province drop constraint province_name_key;
alter table city drop constraint city_province_code_type_name_key;
alter table district drop constraint district_city_code_name_key;
alter table province add constraint province_name
  exclude using btree (name with =) where (is_active) deferrable initially immediate;
alter table city add constraint city_name
  exclude using btree (province_code with =, type with =, name with =) where (is_active) deferrable initially immediate;
alter table district add constraint district_name
  exclude using btree (city_code with =, name with =) where (is_active) deferrable initially immediate;
create index district_city on district (city_code);

-- Every row of the tables in one form, to compare editions by: what it is, and what is said of it.
create view region_row as
  select 'province' as level, code::text as key, jsonb_build_array(name, latitude, longitude) as value, is_active
  from province
  union all
  select 'city', code::text, jsonb_build_array(type, name, latitude, longitude), is_active from city
  union all
  select 'district', code::text, jsonb_build_array(name), is_active from district
  union all
  select 'postal_code', postal_code || district_code, '[]', is_active from postal_code;

-- The same of an edition.
create function dataset_row(content jsonb) returns table (level text, key text, value jsonb)
language sql immutable as $$
  select 'province', code, jsonb_build_array(name, latitude, longitude)
  from jsonb_to_recordset(content -> 'provinces') as row (code text, name text, latitude numeric, longitude numeric)
  union all
  select 'city', code, jsonb_build_array(type, name, latitude, longitude)
  from jsonb_to_recordset(content -> 'cities')
    as row (code text, type text, name text, latitude numeric, longitude numeric)
  union all
  select 'district', code, jsonb_build_array(name)
  from jsonb_to_recordset(content -> 'districts') as row (code text, name text)
  union all
  select 'postal_code', row."postalCode" || row."districtCode", '[]'
  from jsonb_to_recordset(content -> 'postalCodes') as row ("postalCode" text, "districtCode" text)
$$;

-- What would change if an edition were activated now.
create function dataset_changes(content jsonb) returns table (inserted int, changed int, deactivated int)
language sql stable as $$
  select (count(*) filter (where have.key is null))::int,
    (count(*) filter (
      where have.key = wanted.key and (have.value <> wanted.value or not have.is_active)))::int,
    (count(*) filter (where wanted.key is null and have.is_active))::int
  from region_row have full join dataset_row(content) wanted on have.level = wanted.level and have.key = wanted.key
$$;

update region_dataset set content = jsonb_build_object(
  'provinces', (
    select jsonb_agg(jsonb_build_object('code', code, 'name', name, 'latitude', latitude, 'longitude', longitude)
      order by code) from province),
  'cities', (
    select jsonb_agg(jsonb_build_object('code', code, 'type', type, 'name', name, 'latitude', latitude,
      'longitude', longitude) order by code) from city),
  'districts', (select jsonb_agg(jsonb_build_object('code', code, 'name', name) order by code) from district),
  'postalCodes', (
    select jsonb_agg(jsonb_build_object('postalCode', postal_code, 'districtCode', district_code)
      order by postal_code, district_code) from postal_code));
alter table region_dataset alter column content set not null;

-- What a postal code serves, ready to be answered: looked up by millions, changed about once a year.
create table postal_place (
  postal_code char(5) primary key,
  places jsonb not null
);

-- Makes it what the regions say.
create function refresh_postal_places() returns void language sql as $$
  with wanted as (
    select postal_code, jsonb_agg(jsonb_build_object(
        'district', jsonb_build_object('code', district.code, 'name', district.name),
        'city', jsonb_build_object('code', city.code, 'name', city.full_name),
        'province', jsonb_build_object('code', province.code, 'name', province.name)) order by district.code) as places
    from postal_code join district on district.code = district_code
      join city on city.code = city_code join province on province.code = province_code
    where postal_code.is_active group by postal_code
  ), gone as (
    delete from postal_place where not exists (select from wanted where wanted.postal_code = postal_place.postal_code)
  )
  insert into postal_place (postal_code, places) select postal_code, places from wanted
  on conflict (postal_code) do update set places = excluded.places where postal_place.places <> excluded.places
$$;
select refresh_postal_places();
analyze postal_place;
