import FunctionKit
import FunctionTesting
import Testing

@testable import AddressFunctions

@Suite struct ValidateAddressTests {
  private static let street: JSON = "Jl. Asia Afrika No. 8"

  private func kebayoran(_ postalCode: String) -> [String: JSON] {
    [
      "streetAddress": Self.street, "districtName": "Kebayoran Baru", "cityName": "Jakarta Selatan",
      "provinceName": "DKI Jakarta", "postalCode": .string(postalCode),
    ]
  }

  @Test(arguments: [
    ("12190", 100, [String]()), ("12810", 85, ["postal_code_district_mismatch"]),
    ("12199", 90, ["postal_code_unknown"]),
  ]) func `a place is found by its names`(postalCode: String, confidence: Int, warnings: [String]) async throws {
    try await AddressScene.run { scene in
      let answer = try await scene.validate(kebayoran(postalCode))
      #expect(answer["isValid"] == true)
      #expect(answer["confidence"]?.int == confidence)
      #expect(answer["warnings"]?.strings == warnings)
      #expect(answer["blocking"] == [])
      #expect(answer["suggestions"] == [])
      let found = answer["normalized"]
      #expect(found?["districtCode"] == "317407" && found?["cityCode"] == "3174" && found?["provinceCode"] == "31")
      #expect(found?["cityName"] == "Kota Jakarta Selatan" && found?["provinceName"] == "DKI Jakarta")
      #expect(found?["postalCode"]?.string == postalCode)
      #expect(found?["phone"] == .null)
    }
  }

  @Test func `only a code of quite another place blocks`() async throws {
    try await AddressScene.run { scene in
      let answer = try await scene.validate(kebayoran("40132"))
      #expect(answer["isValid"] == false)
      #expect(answer["blocking"] == ["postal_code_not_in_city"])
    }
  }

  @Test func `a name of two cities is settled by type, district, code or word, else both are told`() async throws {
    try await AddressScene.run { scene in
      func bandung(_ more: [String: JSON]) async throws -> JSON {
        try await scene.validate(
          more.merging(["streetAddress": Self.street, "provinceName": "Jawa Barat"]) { own, _ in own })
      }
      let open = try await bandung(["cityName": "Bandung"])
      #expect(open["blocking"]?.strings.first == "ambiguous_city")
      #expect(open["suggestions"]?.array?.map { $0["code"] } == ["3273", "3204"])
      #expect(open["suggestions"]?.array?.map { $0["name"] } == ["Kota Bandung", "Kabupaten Bandung"])
      for (more, code): ([String: JSON], JSON) in [
        (["cityName": "Bandung", "postalCode": "40132"], "3273"),
        (["cityName": "Bandung", "cityType": "kabupaten"], "3204"),
        (["cityName": "Bandung", "districtName": "Coblong"], "3273"),
        (["cityName": "Bandung", "districtCode": "327302"], "3273"),
        (["cityName": "Kab. Bandung"], "3204"), (["cityName": "kota bandung"], "3273"), (["cityCode": "3204"], "3204"),
      ] {
        let answer = try await bandung(more)
        #expect(answer["normalized"]?["cityCode"] == code, "\(more)")
      }
    }
  }

  @Test func `aliases count as names, and a city tells its province`() async throws {
    try await AddressScene.run { scene in
      let jogja = try await scene.validate(["provinceName": "Jogja", "cityName": "Jogja", "postalCode": "55111"])
      #expect(jogja["normalized"]?["provinceCode"] == "34")
      #expect(jogja["normalized"]?["provinceName"] == "DI Yogyakarta")
      #expect(jogja["normalized"]?["cityCode"] == "3471")
      let alone = try await scene.validate(["cityName": "Palangka Raya"])
      #expect(alone["normalized"]?["cityCode"] == "6271" && alone["normalized"]?["provinceCode"] == "62")
    }
  }

  @Test func `what is not found is told with what it may be`() async throws {
    try await AddressScene.run { scene in
      let province = try await scene.validate(["provinceName": "Jawa Bart", "cityName": "Depok", "postalCode": "16411"])
      #expect(province["blocking"] == ["unknown_province"])
      #expect(province["suggestions"]?[0]?["code"] == "32" && province["suggestions"]?[0]?["level"] == "province")
      let city = try await scene.validate(
        ["provinceName": "DKI Jakarta", "cityName": "Jakarta Selatn", "postalCode": "12190"])
      #expect(city["blocking"] == ["city_not_in_province"])
      #expect(city["suggestions"]?[0]?["code"] == "3174")
      let elsewhere = try await scene.validate(["provinceCode": "31", "cityCode": "3273", "postalCode": "12190"])
      #expect(elsewhere["blocking"] == ["city_not_in_province"])
      let district = try await scene.validate(kebayoran("12190").merging(["districtName": "Kebayoran Bru"]) { $1 })
      #expect(district["isValid"] == true && district["confidence"] == 75)
      #expect(district["warnings"] == ["district_unmatched"])
      #expect(district["suggestions"]?[0]?["code"] == "317407")
      let foreign = try await scene.validate(["cityCode": "3174", "districtCode": "327302", "postalCode": "12190"])
      #expect(foreign["blocking"] == ["district_not_in_city"])
    }
  }

  @Test func `phones, postal codes and points are checked with it`() async throws {
    try await AddressScene.run { scene in
      for (spelled, blocking) in [
        ("62 812 3456 7890", []), ("12345", ["invalid_phone"]), ("+6012345678", ["invalid_phone"]),
      ] {
        let answer = try await scene.validate(kebayoran("12190").merging(["phone": .string(spelled)]) { $1 })
        #expect(answer["blocking"]?.strings == blocking)
        #expect(answer["normalized"]?["phone"] == (blocking.isEmpty ? "+6281234567890" : .null))
      }
      for code in ["00123", "1219"] {
        #expect(try await scene.validate(kebayoran(code))["blocking"] == ["invalid_postal_code"])
      }
      #expect(try await scene.validate(["cityCode": "3174"])["blocking"] == ["invalid_postal_code"])
      let singapore = kebayoran("12190").merging(["latitude": .double(6.5), "longitude": .double(103.8)]) { $1 }
      #expect(try await scene.validate(singapore)["blocking"] == ["outside_indonesia"])
    }
  }

  @Test func `a street without a number, and a short one, are less certain`() async throws {
    try await AddressScene.run { scene in
      for (street, confidence) in [("Jalan Asia Afrika", 90), ("Jl. A 8", 95), ("Gang A", 85)] {
        let answer = try await scene.validate(kebayoran("12190").merging(["streetAddress": .string(street)]) { $1 })
        #expect(answer["confidence"]?.int == confidence, "\(street)")
      }
    }
  }

  @Test func `services ask too, and every wrong field is named`() async throws {
    try await AddressScene.run { scene in
      let asked = try await scene.address.call(
        "ValidateAddress", body: ["cityCode": "3174", "postalCode": "12190"], caller: .service)
      #expect(asked.data["normalized"]?["cityCode"] == "3174")
      let reply = try await scene.address.call(
        "ValidateAddress", body: ["streetAddress": "x", "latitude": 1], caller: .user(scene.sari))
      #expect(reply.code == "validation_failed")
      #expect(
        reply.json["details"]?.array?.compactMap { $0["field"]?.string } == ["streetAddress", "longitude", "cityCode"])
    }
  }

  @Test func `an answer is kept for 30 days, for every spelling, and for one dataset`() async throws {
    try await AddressScene.run { scene in
      func entries() async throws -> Int { try await scene.address.one("select count(*) from validation_cache") }
      let first = try await scene.validate(kebayoran("12190"))
      #expect(try await entries() == 1)
      let spelled = kebayoran("12190").merging(["cityName": " JAKARTA  selatan", "streetAddress": "Jalan Melawai 12"]) {
        $1
      }
      #expect(try await scene.validate(spelled) == first)
      #expect(try await entries() == 1)
      // What is kept is what is answered.
      try await scene.address.write("update validation_cache set result = jsonb_set(result, '{confidence}', '42')")
      #expect(try await scene.validate(kebayoran("12190"))["confidence"] == 42)
      try await scene.address.write("update region_dataset set edition = edition + 1 where status = 'active'")
      #expect(try await scene.validate(kebayoran("12190")) == first)
      try await scene.address.write("update validation_cache set result = jsonb_set(result, '{confidence}', '42')")
      scene.wait(.days(30))
      #expect(try await scene.validate(kebayoran("12190")) == first)
      let text: String = try await scene.address.one("select string_agg(result::text, ' ') from validation_cache")
      #expect(!text.contains("Melawai"))
    }
  }
}
