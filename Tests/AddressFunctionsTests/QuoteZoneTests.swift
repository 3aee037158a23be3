import AddressFunctions
import FunctionKit
import FunctionTesting
import Testing

@Suite struct QuoteZoneTests {
  @Test func `five zones, nearest first`() async throws {
    try await withBundle("address", Address.self) { address in
      let zones = try await address.call("ListZones").data
      #expect(zones.array?.compactMap { $0["code"]?.string } == ["Z1", "Z2", "Z3", "Z4", "Z5"])
      #expect(zones[4]?["etaMaxDays"] == 12)
    }
  }

  @Test(arguments: [
    ("3174", "3174", "Z1", 0, false), ("3174", "3276", "Z1", 14, false), ("5171", "5103", "Z1", 10, false),
    ("3201", "3273", "Z2", 104, false), ("9171", "9103", "Z2", 98, true), ("3174", "3273", "Z3", 116, false),
    ("3273", "3578", "Z3", 563, false), ("3174", "1271", "Z4", 1425, false), ("3578", "7371", "Z4", 782, false),
    ("3174", "8171", "Z5", 2386, true), ("8171", "8171", "Z1", 0, true),
  ])
  func `users and services get the same answer, either way round`(
    from: String, to: String, zone: String, km: Int, isRemote: Bool
  ) async throws {
    try await withBundle("address", Address.self) { address in
      let (a, b): (JSON, JSON) = (["cityCode": .string(from)], ["cityCode": .string(to)])
      let reply = try await address.call(
        "QuoteZone", body: ["origin": a, "destination": b], caller: .user(address.newID()))
      #expect(reply.data["zone"]?.string == zone)
      #expect(reply.data["distanceKm"]?.int == km)
      #expect(reply.data["isRemote"]?.bool == isRemote)
      #expect(reply.data["sameCity"]?.bool == (from == to))
      let other = try await address.call(
        "QuoteZoneInternal", body: ["origin": b, "destination": a], caller: .service)
      #expect(other.data == reply.data)
    }
  }

  @Test func `a saved address will do, the caller's own or for a service anybody's`() async throws {
    try await AddressScene.run { scene in
      let id = try await scene.add("Rumah")
      let question: JSON = ["origin": ["cityCode": "3273"], "destination": ["addressId": .string("\(id)")]]
      func quote(_ function: String, _ caller: Caller) async throws -> TestReply {
        try await scene.address.call(function, body: question, caller: caller)
      }
      let own = try await quote("QuoteZone", .user(scene.sari))
      #expect(own.data["zone"] == "Z3" && own.data["distanceKm"] == 116)
      #expect(try await quote("QuoteZoneInternal", .service).data == own.data)
      let foreign = try await quote("QuoteZone", .user(scene.budi))
      #expect(foreign.status == 422 && foreign.code == "unknown_place")
      _ = try await scene.add("Kantor")
      _ = try await scene.call("DeleteAddress", id)
      #expect(try await quote("QuoteZone", .user(scene.sari)).code == "unknown_place")
      #expect(try await quote("QuoteZoneInternal", .service).code == "unknown_place")
    }
  }

  @Test func `a postal code of one city will do`() async throws {
    try await withBundle("address", Address.self) { address in
      let reply = try await address.call(
        "QuoteZone", body: ["origin": ["postalCode": "40132"], "destination": ["postalCode": "97121"]])
      #expect(reply.data["zone"] == "Z5")
      #expect(reply.data["isRemote"] == true)
    }
  }

  @Test func `a postal code of several cities lists them`() async throws {
    try await withBundle("address", Address.self) { address in
      let reply = try await address.call(
        "QuoteZone", body: ["origin": ["postalCode": "15157"], "destination": ["cityCode": "3174"]])
      #expect(reply.status == 422)
      #expect(reply.code == "ambiguous_postal_code")
      #expect(reply.json["details"]?.array?.compactMap { $0["code"]?.string } == ["3603", "3671"])
    }
  }

  @Test(arguments: [["cityCode": "9999"], ["postalCode": "99999"], [:]] as [[String: String]])
  func `a place that nobody knows is refused`(place: [String: String]) async throws {
    try await withBundle("address", Address.self) { address in
      let origin = JSON.object(JSONObject(place.map { ($0, .string($1)) }))
      let reply = try await address.call("QuoteZone", body: ["origin": origin, "destination": ["cityCode": "3174"]])
      #expect(reply.status == 422)
      #expect(reply.code == "unknown_place")
      #expect(reply.json["details"]?[0]?["field"] == "origin")
    }
  }

  @Test func `a city is remote when each of its districts is, not when one is`() async throws {
    try await withBundle("address", Address.self) { address in
      let question: JSON = ["origin": ["cityCode": "3174"], "destination": ["cityCode": "3273"]]
      try await address.write("update district set is_remote = true where city_code = '3273' and code <> '327302'")
      #expect(try await address.call("QuoteZone", body: question).data["zone"] == "Z3")
      try await address.write("update district set is_remote = true where code = '327302'")
      #expect(try await address.call("QuoteZone", body: question).data["zone"] == "Z5")
    }
  }
}
