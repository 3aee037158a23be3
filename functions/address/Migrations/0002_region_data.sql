\copy province (code, name, latitude, longitude) from '../Data/provinces.csv' csv header
\copy city (code, province_code, type, name, latitude, longitude) from '../Data/cities.csv' csv header
\copy district (code, city_code, name) from '../Data/districts.csv' csv header
\copy postal_code (postal_code, district_code) from '../Data/postal_codes.csv' csv header

-- Maluku and Papua.
update province set is_remote = true where left(code, 1) in ('8', '9');

insert into metro_area (code, name) values
  ('JABODETABEK', 'Jabodetabek'), ('BANDUNG', 'Bandung Raya'), ('SURABAYA', 'Surabaya Raya'),
  ('SARBAGITA', 'Sarbagita');

update city set metro_code = case
    when code in ('3273', '3204', '3217', '3277') then 'BANDUNG'
    when code in ('3578', '3525', '3515') then 'SURABAYA'
    when code in ('5171', '5103', '5104', '5102') then 'SARBAGITA'
    else 'JABODETABEK'
  end
where code in (
  '3171', '3172', '3173', '3174', '3175', '3201', '3271', '3275', '3216', '3276', '3671', '3603', '3674',
  '3273', '3204', '3217', '3277', '3578', '3525', '3515', '5171', '5103', '5104', '5102');

insert into shipping_zone (code, rank, name, eta_min_d, eta_max_d) values
  ('Z1', 1, 'Local', 1, 2),
  ('Z2', 2, 'Within the province', 2, 3),
  ('Z3', 3, 'Within the island group', 2, 4),
  ('Z4', 4, 'Between islands', 3, 7),
  ('Z5', 5, 'Remote', 5, 12);

-- The checksum is the SHA-256 of the four files, one after the other in the order in which they are loaded.
insert into region_dataset (version, source, checksum, rows, status, activated_at)
select 1, 'cahyadsn/wilayah b7ad440, wilayah_kodepos 4fa8c59, wilayah_boundaries 3c5a796',
  'edd3b7a9b41aa57ba659a9e04c660ea9a4699f4b22c1f65834fa60734a48cb8c',
  jsonb_build_object(
    'province', (select count(*) from province), 'city', (select count(*) from city),
    'district', (select count(*) from district), 'postalCode', (select count(*) from postal_code)),
  'active', now();

-- Row counts and value statistics, so that the very first search already uses the indexes.
analyze province, city, district, postal_code;
