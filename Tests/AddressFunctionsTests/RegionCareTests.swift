import FunctionKit
import FunctionTesting
import Testing

@testable import AddressFunctions

@Suite struct RegionCareTests {
  private func set(_ scene: AddressScene, _ code: String, _ body: JSON) async throws -> TestReply {
    try await scene.address.call("SetRegionFlags", path: [("code", code)], body: body, caller: scene.admin)
  }

  @Test func `flags decide zones at once`() async throws {
    try await AddressScene.run { scene in
      let question: JSON = ["origin": ["cityCode": "3174"], "destination": ["cityCode": "3273"]]
      func quoted() async throws -> JSON? { try await scene.address.call("QuoteZone", body: question).data["zone"] }
      let before = try await quoted()
      #expect(before == "Z3")
      #expect(try await set(scene, "32", ["isRemote": true]).data["province"]?["isRemote"] == true)
      #expect(try await quoted() == "Z5")
      #expect(try await set(scene, "32", ["isRemote": false]).status == 200)
      #expect(try await set(scene, "3273", ["metroCode": "JABODETABEK"]).data["city"]?["metroCode"] == "JABODETABEK")
      #expect(try await quoted() == "Z1")
      #expect(try await set(scene, "3273", ["metroCode": ""]).data["city"]?["metroCode"] == .null)
      #expect(try await quoted() == "Z3")
      #expect(try await set(scene, "327302", ["isRemote": true]).data["district"]?["isRemote"] == true)
    }
  }

  @Test(
    arguments: [
      ("9999", ["isRemote": true], 404, "not_found"), ("x", ["isRemote": true], 404, "not_found"),
      ("3273", ["isRemote": true], 422, "validation_failed"),
      ("32", ["metroCode": "BANDUNG"], 422, "validation_failed"),
      ("3273", ["metroCode": "NOWHERE"], 422, "validation_failed"), ("3273", [:], 422, "validation_failed"),
    ] as [(String, JSON, Int, String)])
  func `flags that a region can't have are refused`(code: String, body: JSON, status: Int, problem: String) async throws
  {
    try await AddressScene.run { scene in
      let reply = try await set(scene, code, body)
      #expect(reply.status == status && reply.code == problem)
    }
  }

  @Test func `a new spelling is understood, by what was asked before too`() async throws {
    try await AddressScene.run { scene in
      let question: [String: JSON] = ["provinceName": "Jabar", "cityName": "Kota Kembang", "postalCode": "40132"]
      #expect(try await scene.validate(question)["blocking"] == ["city_not_in_province"])
      func alias(_ body: JSON) async throws -> TestReply {
        try await scene.address.call("SetAlias", body: body, caller: scene.admin)
      }
      for _ in 0..<2 {
        let reply = try await alias(["level": "city", "code": "3273", "alias": "Kota KÉMBANG"])
        #expect(reply.data == ["level": "city", "code": "3273", "alias": "kembang"])
      }
      #expect(try await scene.validate(question)["normalized"]?["cityCode"] == "3273")
      #expect(try await alias(["level": "city", "code": "3299", "alias": "x"]).status == 404)
      #expect(try await alias(["level": "city", "code": "32", "alias": "x"]).code == "validation_failed")
      #expect(try await alias(["level": "city", "code": "3273", "alias": "***"]).code == "validation_failed")
      #expect(try await alias(["level": "village", "code": "3273", "alias": "x"]).code == "validation_failed")
    }
  }

  @Test func `a metropolitan area has the cities that it is given`() async throws {
    try await AddressScene.run { scene in
      func metro(_ code: String, _ body: JSON) async throws -> TestReply {
        try await scene.address.call("SetMetro", path: [("code", code)], body: body, caller: scene.admin)
      }
      let made = try await metro("MALANG", ["name": "Malang Raya", "cities": ["3573", "3507", "3579"]])
      #expect(made.data == ["code": "MALANG", "name": "Malang Raya", "cities": ["3507", "3573", "3579"]])
      let question: JSON = ["origin": ["cityCode": "3573"], "destination": ["cityCode": "3507"]]
      #expect(try await scene.address.call("QuoteZone", body: question).data["metro"] == "MALANG")
      let fewer = try await metro("MALANG", ["cities": ["3573", "3578"]])
      #expect(fewer.data == ["code": "MALANG", "name": "Malang Raya", "cities": ["3573", "3578"]])
      #expect(try await scene.address.call("QuoteZone", body: question).data["zone"] == "Z2")
      let surabaya: [String] = try await scene.address.query(
        "select code from city where metro_code = 'SURABAYA' order by 1")
      #expect(surabaya == ["3515", "3525"])
      #expect(try await metro("MALANG", ["cities": ["9999"]]).json["details"]?[0]?["field"] == "cities[0]")
      #expect(try await metro("malang", ["cities": []]).json["details"]?[0]?["field"] == "code")
    }
  }

  @Test func `lists say which edition they are of`() async throws {
    try await AddressScene.run { scene in
      func tag() async throws -> String? { try await scene.address.call("ListProvinces").header("etag") }
      let first = try #require(try await tag())
      let same = try await scene.address.call("ListProvinces", headers: ["if-none-match": first])
      #expect(same.status == 304)
      _ = try await set(scene, "32", ["isRemote": true])
      #expect(try await tag() != first)
      let second = try await tag()
      try await scene.take(try Edition())
      #expect(try await tag() != second)
    }
  }

  @Test func `whoever looks at a user's addresses is known`() async throws {
    try await AddressScene.run { scene in
      let id = try await scene.add("Rumah")
      let reply = try await scene.address.call(
        "FindAddresses", path: [("userId", "\(scene.sari)")], caller: scene.support)
      #expect(reply.data.array?.map { $0["id"]?.string } == ["\(id)"])
      let seen: String = try await scene.address.one(
        "select actor || ' ' || entity_id from state_history where trigger = 'find_addresses'")
      #expect(seen == "\(sampleID(9)) \(scene.sari)")
      await #expect(throws: (any Error).self) { try await scene.address.write("delete from state_history") }
    }
  }

  @Test func `verdicts that have expired are pruned`() async throws {
    try await AddressScene.run { scene in
      _ = try await scene.validate(["cityCode": "3174", "postalCode": "12190"])
      scene.wait(.days(15))
      _ = try await scene.validate(["cityCode": "3273", "postalCode": "40132"])
      func left() async throws -> Int { try await scene.address.one("select count(*) from validation_cache") }
      try await scene.address.fire("PruneValidationCache")
      #expect(try await left() == 2)
      scene.wait(.days(15))
      for _ in 0..<2 { try await scene.address.fire("PruneValidationCache") }
      #expect(try await left() == 1)
    }
  }

  @Test func `after an import addresses are looked at anew, and none is invalidated`() async throws {
    try await AddressScene.run { scene in
      let jakarta = try await scene.add("Jakarta")
      let typed = try await scene.create(["districtName": "Kampung Baru"]).data
      let other = try await scene.create([
        "provinceName": "Jabar", "cityName": "Kota Bandung", "districtName": "Coblong", "postalCode": "40132",
      ]).data
      func get(_ id: JSON?) async throws -> JSON {
        try await scene.call("GetAddress", try #require(id?.string.flatMap { ID($0) })).data
      }
      try await scene.address.fire("RevalidateAfterImport")
      #expect(try await get(other["id"]) == other)
      let events = try await scene.address.events().count

      var edition = try Edition()
      edition.districts = Edition.dropping("317407,", from: edition.districts) + "317499,3174,Kampung Baru\n"
      edition.postalCodes = Edition.dropping(ending: ",317407", from: edition.postalCodes) + "12190,317499\n"
      let version = try await scene.take(edition)
      for _ in 0..<2 { try await scene.address.fire("RevalidateAfterImport") }
      let lost = try await get(.string("\(jakarta)"))
      #expect(
        lost["isValidated"] == true && lost["districtCode"] == "317407" && lost["districtName"] == "Kebayoran Baru")
      #expect(lost["warnings"] == ["district_not_in_city"] && lost["confidence"] == 75)
      let found = try await get(typed["id"])
      #expect(found["districtCode"] == "317499" && found["warnings"] == [] && found["confidence"] == 100)
      #expect(try await get(other["id"]) == other)
      let stale: Int = try await scene.address.one("select count(*) from address where dataset_version <> \(version)")
      #expect(stale == 0)
      _ = try await scene.activate(1)
      try await scene.address.fire("RevalidateAfterImport")
      #expect(try await get(.string("\(jakarta)"))["warnings"] == [])
      #expect(try await scene.address.events().count == events)
    }
  }
}
