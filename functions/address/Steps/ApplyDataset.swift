import FunctionKit

extension Work {
  /// Makes the regions what an edition has. What it lacks is hidden, never deleted: addresses point at it.
  func apply(_ version: Int) async throws {
    try await db.run("set constraints province_name, city_name, district_name deferred")
    try await applyProvinces(version)
    try await applyCities(version)
    try await applyDistricts(version)
    try await applyPostalCodes(version)
    try await db.run("select refresh_postal_places()")
  }

  /// A new province of Maluku or Papua is remote, as the others there are.
  private func applyProvinces(_ version: Int) async throws {
    try await db.run(
      """
      update province set is_active = false, updated_at = \(now)
      where is_active and code not in (
        select code::bpchar from region_dataset, jsonb_to_recordset(content -> 'provinces') as wanted (code text)
        where version = \(version))
      """)
    try await db.run(
      """
      insert into province (code, name, latitude, longitude, is_remote, created_at, updated_at)
      select wanted.code, wanted.name, wanted.latitude, wanted.longitude, left(wanted.code, 1) in ('8', '9'), \(now),
        \(now)
      from region_dataset, jsonb_to_recordset(content -> 'provinces')
        as wanted (code text, name text, latitude numeric, longitude numeric)
      where version = \(version)
      on conflict (code) do update set name = excluded.name, latitude = excluded.latitude,
        longitude = excluded.longitude, is_active = true, updated_at = excluded.updated_at
      where (province.name, province.latitude, province.longitude, province.is_active)
        is distinct from (excluded.name, excluded.latitude, excluded.longitude, true)
      """)
  }

  private func applyCities(_ version: Int) async throws {
    try await db.run(
      """
      update city set is_active = false, updated_at = \(now)
      where is_active and code not in (
        select code::bpchar from region_dataset, jsonb_to_recordset(content -> 'cities') as wanted (code text)
        where version = \(version))
      """)
    try await db.run(
      """
      insert into city (code, province_code, type, name, latitude, longitude, created_at, updated_at)
      select wanted.code, left(wanted.code, 2), wanted.type, wanted.name, wanted.latitude, wanted.longitude, \(now),
        \(now)
      from region_dataset, jsonb_to_recordset(content -> 'cities')
        as wanted (code text, type text, name text, latitude numeric, longitude numeric)
      where version = \(version)
      on conflict (code) do update set type = excluded.type, name = excluded.name, latitude = excluded.latitude,
        longitude = excluded.longitude, is_active = true, updated_at = excluded.updated_at
      where (city.type, city.name, city.latitude, city.longitude, city.is_active)
        is distinct from (excluded.type, excluded.name, excluded.latitude, excluded.longitude, true)
      """)
  }

  private func applyDistricts(_ version: Int) async throws {
    try await db.run(
      """
      update district set is_active = false, updated_at = \(now)
      where is_active and code not in (
        select code::bpchar from region_dataset, jsonb_to_recordset(content -> 'districts') as wanted (code text)
        where version = \(version))
      """)
    try await db.run(
      """
      insert into district (code, city_code, name, created_at, updated_at)
      select wanted.code, left(wanted.code, 4), wanted.name, \(now), \(now)
      from region_dataset, jsonb_to_recordset(content -> 'districts') as wanted (code text, name text)
      where version = \(version)
      on conflict (code) do update set name = excluded.name, is_active = true, updated_at = excluded.updated_at
      where (district.name, district.is_active) is distinct from (excluded.name, true)
      """)
  }

  private func applyPostalCodes(_ version: Int) async throws {
    try await db.run(
      """
      update postal_code set is_active = false
      where is_active and (postal_code, district_code) not in (
        select "postalCode"::bpchar, "districtCode"::bpchar
        from region_dataset, jsonb_to_recordset(content -> 'postalCodes')
          as wanted ("postalCode" text, "districtCode" text)
        where version = \(version))
      """)
    try await db.run(
      """
      insert into postal_code (postal_code, district_code)
      select "postalCode", "districtCode" from region_dataset, jsonb_to_recordset(content -> 'postalCodes')
        as wanted ("postalCode" text, "districtCode" text)
      where version = \(version)
      on conflict (postal_code, district_code) do update set is_active = true where not postal_code.is_active
      """)
  }
}
