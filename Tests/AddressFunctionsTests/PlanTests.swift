import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import AddressFunctions

/// With many rows, each statement that is run often, or over a table that grows, goes by an index.
@Suite struct PlanTests {
  private func plan(_ statement: SQL, _ scene: AddressScene) async throws -> String {
    try await scene.address.query("explain \(statement)", as: String.self).joined(separator: "\n")
  }

  @Test func `a postal code is one row by its primary key, ready to be answered`() async throws {
    try await AddressScene.run { scene in
      let found = try await plan(LookupPostalCode.Places.select(PostalCode("40132")), scene)
      #expect(found.hasPrefix("Index Scan using postal_place_pkey on postal_place"), "\(found)")
      #expect(!found.contains("Join") && !found.contains("Nested") && !found.contains("Seq Scan"), "\(found)")
      let differing: Int = try await scene.address.one(
        """
        select count(*) from (
          select postal_code, jsonb_agg(district.code order by district.code) as codes from postal_code
            join district on district.code = district_code group by postal_code) listed
          full join postal_place using (postal_code)
        where codes is distinct from jsonb_path_query_array(places, '$[*].district.code')
        """)
      #expect(differing == 0, "what is ready is what the list says")
    }
  }

  @Test func `addresses and what is known of places are found by index`() async throws {
    try await AddressScene.run { scene in
      try await fill(scene)
      let place = WrittenPlace(cityCode: "3174", postalCode: "12190", street: StreetTraits("Jalan 1"))
      let now = scene.address.clock.now
      for (statement, index): (SQL, String) in [
        (AddressBook.list(of: sampleID(7)), "address_user"),
        (AddressBook.theDefault(of: sampleID(7)), "address_default"),
        (AddressBook.find(sampleID(7)), "address_pkey"),
        (
          StaleAddress.select(Int(Int32.min)...0, after: StaleAddress.Place(version: 0, id: .lowest), limit: 200),
          "address_dataset"
        ),
        (
          StaleAddress.select(2...Int(Int32.max), after: StaleAddress.Place(version: 2, id: .lowest), limit: 200),
          "address_dataset"
        ),
        (ValidationCache.find(place, at: now), "validation_cache_pkey"),
        (PruneValidationCache.expired(at: now), "validation_cache_expires"),
      ] {
        let found = try await plan(statement, scene)
        #expect(found.contains(index), "\(index): \(found)")
        #expect(!found.contains("Seq Scan on address") && !found.contains("Seq Scan on validation_cache"), "\(found)")
      }
      let stale = try await plan(
        StaleAddress.select(2...Int(Int32.max), after: StaleAddress.Place(version: 2, id: .lowest), limit: 200), scene)
      #expect(!stale.contains("Sort"), "in the order of the index: \(stale)")
    }
  }

  /// A look-up by names reads districts and postal codes of the cities that may be meant alone.
  @Test func `what is known of a place does not read all districts`() async throws {
    try await AddressScene.run { scene in
      let place = WrittenPlace(
        provinceName: "Jawa Barat", cityName: "Bandung", districtName: "Coblong", postalCode: "40132",
        street: StreetTraits("Jalan Ganesha 10"))
      let found = try await plan(RegionFacts.select(place), scene)
      #expect(!found.contains("Seq Scan on district") && !found.contains("Seq Scan on postal_code"), "\(found)")
    }
  }

  private func fill(_ scene: AddressScene) async throws {
    _ = try await scene.create()
    try await scene.address.write(
      """
      insert into address (id, user_id, recipient_name, phone, street_address, city_code, city_name, province_code,
        province_name, district_code, district_name, postal_code, is_default, dataset_version, created_at, updated_at)
      select gen_random_uuid(), md5((number / 4)::text)::uuid, recipient_name, phone, street_address, city_code, city_name,
        province_code, province_name, district_code, district_name, postal_code, number % 4 = 0, dataset_version,
        created_at, updated_at
      from address, generate_series(0, 19999) number
      """)
    try await scene.address.write(
      """
      insert into validation_cache (input_hash, result, dataset_version, edition, expires_at)
      select sha256(number::text::bytea), '{}', 1, 0, now() + number * interval '1 minute'
      from generate_series(1, 20000) number
      """)
    try await scene.address.write("analyze address")
    try await scene.address.write("analyze validation_cache")
  }
}
