import FunctionKit
import FunctionTesting
import Testing

@testable import AddressFunctions

@Suite struct UpdateAddressTests {
  @Test func `what is named changes, and nothing else`() async throws {
    try await AddressScene.run { scene in
      let before = try await scene.create(["label": "Rumah", "landmark": "Masjid", "rt": "1"]).data
      let id = try #require(before["id"]?.string.flatMap { ID($0) })
      let reply = try await scene.call(
        "UpdateAddress", id, body: ["label": "Kantor", "landmark": "", "phone": "0813 1111 2222"])
      #expect(reply.status == 200)
      for (name, value) in before.object?.members ?? [] {
        switch name {
        case "label": #expect(reply.data[name] == "Kantor")
        case "landmark": #expect(reply.data[name] == .null)
        case "phone": #expect(reply.data[name] == "+6281311112222")
        case "version": #expect(reply.data[name]?.int == (value.int ?? 0) + 1)
        case "updatedAt": #expect(reply.data[name] != nil)
        default: #expect(reply.data[name] == value, "\(name)")
        }
      }
      let event = try await scene.address.events("address.updated").last
      #expect(event?.data["changedFields"]?.strings == ["label", "landmark", "phone"])
      #expect(event?.data["version"] == reply.data["version"])
    }
  }

  @Test func `saying what is so already changes nothing`() async throws {
    try await AddressScene.run { scene in
      let id = try await scene.add("Rumah")
      let before = try await scene.call("GetAddress", id).data
      for body: JSON in [["label": "Rumah"], [:], ["cityCode": "3174", "postalCode": "12190"], ["isDefault": true]] {
        #expect(try await scene.call("UpdateAddress", id, body: body).data == before)
      }
      #expect(try await scene.address.events("address.updated").isEmpty)
    }
  }

  @Test func `another version is refused, and one of two at once`() async throws {
    try await AddressScene.run { scene in
      let id = try await scene.add("Rumah")
      let version = try await scene.call("GetAddress", id).data["version"]?.int ?? -1
      async let a = scene.call("UpdateAddress", id, body: ["label": "A"], version: version)
      async let b = scene.call("UpdateAddress", id, body: ["label": "B"], version: version)
      let replies = try await [a, b]
      #expect(replies.map(\.status).sorted() == [200, 412])
      #expect(replies.compactMap(\.code) == ["stale_version"])
      #expect(try await scene.call("DeleteAddress", id, version: version).code == "stale_version")
      #expect(try await scene.call("SetDefaultAddress", id, version: version).code == "stale_version")
    }
  }

  @Test func `a move takes along what still fits`() async throws {
    try await AddressScene.run { scene in
      let made = try await scene.create(["latitude": .double(-6.24), "longitude": .double(106.8)])
      let id = try #require(made.data["id"]?.string.flatMap { ID($0) })
      _ = try await scene.address.call(
        "SetCourierArea", path: [("id", "\(id)")], body: ["biteshipAreaId": "IDNP6"], caller: .service)
      let street = try await scene.call("UpdateAddress", id, body: ["streetAddress": "Jalan Melawai"]).data
      #expect(street["confidence"] == 90 && street["districtCode"] == "317407")
      #expect(street["biteshipAreaId"] == "IDNP6" && street["latitude"]?.double == -6.24)
      let moved = try await scene.call("UpdateAddress", id, body: ["cityCode": "3273", "postalCode": "40132"]).data
      #expect(moved["cityName"] == "Kota Bandung" && moved["provinceCode"] == "32" && moved["districtCode"] == .null)
      #expect(moved["warnings"] == ["district_missing"] && moved["confidence"] == 65)
      #expect(moved["biteshipAreaId"] == .null && moved["latitude"] == .null && moved["geoAccuracy"] == .null)
      let district = try await scene.call("UpdateAddress", id, body: ["districtName": "coblong"]).data
      #expect(district["districtCode"] == "327302" && district["confidence"] == 90)
      let changed = try await scene.address.events("address.updated").map { $0.data["changedFields"]?.strings ?? [] }
      #expect(changed[0] == ["streetAddress"])
      #expect(Set(changed[1]).isSuperset(of: ["cityCode", "cityName", "provinceCode", "provinceName", "postalCode"]))
      #expect(changed[2] == ["districtCode", "districtName"])
    }
  }

  @Test(
    arguments: [
      ("postal_code_not_in_city", ["cityCode": "3273"]), ("postal_code_not_in_city", ["postalCode": "40132"]),
      ("city_not_in_province", ["provinceCode": "32"]), ("district_not_in_city", ["districtCode": "327302"]),
      ("invalid_phone", ["phone": "12345"]), ("invalid_postal_code", ["postalCode": ""]),
      ("unknown_province", ["provinceName": "Atlantis"]), ("outside_indonesia", ["latitude": 50, "longitude": 100]),
      ("validation_failed", ["isDefault": false]), ("validation_failed", ["recipientName": ""]),
      ("validation_failed", ["latitude": 1]),
      (
        "ambiguous_city", ["provinceName": "Jawa Barat", "cityName": "Bandung", "postalCode": "99999"]
      ),
    ] as [(String, [String: JSON])])
  func `what can't be is refused, and nothing changes`(code: String, changes: [String: JSON]) async throws {
    try await AddressScene.run { scene in
      let id = try await scene.add("Rumah")
      let before = try await scene.call("GetAddress", id).data
      let reply = try await scene.call("UpdateAddress", id, body: .object(JSONObject(Array(changes))))
      #expect(reply.status == 422 && reply.code == code, "\(reply.json)")
      #expect(try await scene.call("GetAddress", id).data == before)
    }
  }
}
