import FunctionKit
import FunctionTesting
import Testing

@testable import AddressFunctions

@Suite struct CreateAddressTests {
  @Test func `the first address is the default, as it is stored and told`() async throws {
    try await AddressScene.run { scene in
      let reply = try await scene.create([
        "label": "Rumah", "rt": "003", "rw": "0", "villageName": "Melawai", "alternatePhone": "021-5550 1234",
        "deliveryNotes": " Pagar hijau ", "landmark": "Dekat masjid", "latitude": .double(-6.2441),
        "longitude": .double(106.8003),
      ])
      #expect(reply.status == 201)
      let made = reply.data
      for (field, value): (String, JSON) in [
        ("userId", .string("\(scene.sari)")), ("phone", "+6281234567890"), ("alternatePhone", "+622155501234"),
        ("rt", "3"), ("rw", "0"), ("districtCode", "317407"), ("districtName", "Kebayoran Baru"), ("cityCode", "3174"),
        ("cityName", "Kota Jakarta Selatan"), ("provinceCode", "31"), ("provinceName", "DKI Jakarta"),
        ("postalCode", "12190"), ("countryCode", "ID"), ("geoAccuracy", "exact"), ("isDefault", true),
        ("isValidated", true), ("confidence", 100), ("warnings", []), ("deliveryNotes", "Pagar hijau"),
        ("useCount", 0), ("lastUsedAt", .null), ("biteshipAreaId", .null), ("addressLine2", .null),
      ] {
        #expect(made[field] == value, "\(field)")
      }
      #expect(made["latitude"]?.double == -6.2441)
      #expect(reply.header("etag") == "\"\(made["version"]?.int ?? -1)\"")
      let events = try await scene.address.events()
      #expect(events.map(\.type) == ["address.created"])
      #expect(events.first?.data["isDefault"] == true && events.first?.data["addressId"] == made["id"])
      #expect(events.first?.subject == made["id"]?.string)
    }
  }

  @Test func `no event holds a name, a phone or a street`() async throws {
    try await AddressScene.run { scene in
      let id = try await scene.add("Rumah")
      _ = try await scene.add("Kantor")
      _ = try await scene.call("UpdateAddress", id, body: ["recipientName": "Sari Dewi", "phone": "0812-9999-0000"])
      _ = try await scene.call("DeleteAddress", id)
      let text = try await scene.address.events().map { String(decoding: $0.data.serialized(), as: UTF8.self) }.joined()
      #expect(text.contains("address") && !text.contains("Sari") && !text.contains("+62"))
      #expect(!text.contains("Asia Afrika"))
    }
  }

  @Test func `warnings do not keep an address out`() async throws {
    try await AddressScene.run { scene in
      let mismatch = try await scene.create(["postalCode": "12810"]).data
      #expect(mismatch["warnings"] == ["postal_code_district_mismatch"] && mismatch["confidence"] == 85)
      let unknown = try await scene.create(["postalCode": "12199"]).data
      #expect(unknown["warnings"] == ["postal_code_unknown"] && unknown["confidence"] == 90)
      let typed = try await scene.create(["districtName": "Kampung Baru Sekali"]).data
      #expect(typed["districtCode"] == .null && typed["districtName"] == "Kampung Baru Sekali")
      #expect(typed["warnings"] == ["district_unmatched"] && typed["confidence"] == 75)
      let missing = try await scene.create(["districtName": .null]).data
      #expect(missing["warnings"] == ["district_missing"] && missing["confidence"] == 75)
    }
  }

  @Test(
    arguments: [
      ["phone": "12345"], ["phone": "+6012345678"], ["alternatePhone": "12345"],
    ] as [[String: JSON]]) func `a wrong phone has its code`(changes: [String: JSON]) async throws
  {
    try await refuses(changes, "invalid_phone", field: changes.keys.first ?? "")
  }

  @Test(
    arguments: [
      ("unknown_province", "provinceCode", ["provinceName": "Jawa Bart"]),
      ("city_not_in_province", "cityCode", ["cityName": "Surabaya"]),
      ("city_not_in_province", "cityCode", ["cityName": .null, "cityCode": "3578"]),
      (
        "ambiguous_city", "cityCode",
        ["provinceName": "Jawa Barat", "cityName": "Bandung", "districtName": .null, "postalCode": .null]
      ),
      ("district_not_in_city", "districtCode", ["districtCode": "327302"]),
      ("invalid_postal_code", "postalCode", ["postalCode": "00123"]),
      ("invalid_postal_code", "postalCode", ["postalCode": "1219"]),
      ("invalid_postal_code", "postalCode", ["postalCode": .null]),
      ("postal_code_not_in_city", "postalCode", ["postalCode": "40132"]),
      ("outside_indonesia", "latitude", ["latitude": 7, "longitude": 100]),
      ("outside_indonesia", "latitude", ["latitude": 0, "longitude": 94]),
    ] as [(String, String, [String: JSON])])
  func `a wrong place has its code`(code: String, field: String, changes: [String: JSON]) async throws {
    try await refuses(changes, code, field: field)
  }

  @Test func `a city of two kinds is offered with both`() async throws {
    try await AddressScene.run { scene in
      let reply = try await scene.create([
        "provinceName": "Jawa Barat", "cityName": "Bandung", "districtName": .null, "postalCode": .null,
      ])
      #expect(reply.status == 422 && reply.code == "ambiguous_city")
      let told = reply.json["details"]?.array?.compactMap { $0["message"]?.string } ?? []
      #expect(told.contains("may be 3273, Kota Bandung") && told.contains("may be 3204, Kabupaten Bandung"))
      let settled = try await scene.create([
        "provinceName": "Jawa Barat", "cityName": "Bandung", "districtName": .null, "postalCode": "40132",
      ])
      #expect(settled.data["cityCode"] == "3273" && settled.data["cityName"] == "Kota Bandung")
      let alias = try await scene.create([
        "provinceName": "Jogja", "cityName": "Yogyakarta", "districtName": .null, "postalCode": "55111",
      ])
      #expect(alias.data["provinceCode"] == "34" && alias.data["provinceName"] == "DI Yogyakarta")
    }
  }

  @Test func `every field that has a wrong shape is named`() async throws {
    try await AddressScene.run { scene in
      let long = JSON.string(String(repeating: "x", count: 501))
      let reply = try await scene.create([
        "recipientName": " ", "phone": .null, "streetAddress": "Jl.", "addressLine2": long, "rt": "12a", "rw": "1234",
        "villageName": long, "label": long, "deliveryNotes": long, "landmark": "a\u{7}b", "latitude": 1,
        "provinceName": .null, "cityName": .null,
      ])
      #expect(reply.status == 422 && reply.code == "validation_failed")
      let fields = Set(reply.json["details"]?.array?.compactMap { $0["field"]?.string } ?? [])
      #expect(
        fields == [
          "recipientName", "phone", "streetAddress", "addressLine2", "rt", "rw", "villageName", "label",
          "deliveryNotes", "landmark", "longitude", "provinceCode", "cityCode",
        ])
    }
  }

  @Test func `the same key makes one address, at once too`() async throws {
    try await AddressScene.run { scene in
      async let a = scene.create(["label": "Rumah"], key: "k")
      async let b = scene.create(["label": "Rumah"], key: "k")
      let statuses = try await [a.status, b.status]
      #expect(statuses.contains(201) && statuses.allSatisfy { [201, 409].contains($0) })
      let again = try await scene.create(["label": "Rumah"], key: "k")
      #expect(again.status == 201)
      #expect(try await scene.list().count == 1)
      #expect(try await scene.create(["label": "Kantor"], key: "k").code == "idempotency_key_reused")
    }
  }

  @Test func `the 21st is refused, however many come at once`() async throws {
    try await AddressScene.run { scene in
      for number in 1...18 { _ = try await scene.add("\(number)") }
      let codes = try await withThrowingTaskGroup(of: String?.self) { group in
        for number in 19...24 {
          group.addTask { try await scene.create(["label": .string("\(number)")]).code }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(codes.filter { $0 == nil }.count == 2)
      #expect(codes.compactMap(\.self) == Array(repeating: "too_many_addresses", count: 4))
      #expect(try await scene.list().count == 20)
      let reply = try await scene.create()
      #expect(reply.status == 409 && reply.code == "too_many_addresses")
      #expect(try await scene.create(by: scene.budi).status == 201)
    }
  }

  @Test func `the database lets no book be without its default, or have 21`() async throws {
    try await AddressScene.run { scene in
      let (first, second) = (try await scene.add("A"), try await scene.add("B"))
      for change in ["is_default = false where id = '\(first)'", "is_default = true where id = '\(second)'"] {
        await #expect(throws: (any Error).self) {
          try await scene.address.write(SQL(stringLiteral: "update address set \(change)"))
        }
      }
      await #expect(throws: (any Error).self) {
        try await scene.address.write(
          """
          insert into address (id, user_id, recipient_name, phone, street_address, city_code, city_name, province_code,
            province_name, postal_code, dataset_version, created_at, updated_at)
          select gen_random_uuid(), user_id, recipient_name, phone, street_address, city_code, city_name, province_code,
            province_name, postal_code, dataset_version, created_at, updated_at
          from address, generate_series(1, 10)
          """)
      }
    }
  }

  private func refuses(_ changes: [String: JSON], _ code: String, field: String) async throws {
    try await AddressScene.run { scene in
      let reply = try await scene.create(changes)
      #expect(reply.status == 422 && reply.code == code, "\(reply.json)")
      #expect(reply.json["details"]?[0]?["field"]?.string == field)
      #expect(try await scene.list().isEmpty)
      #expect(try await scene.address.events().isEmpty)
    }
  }
}
