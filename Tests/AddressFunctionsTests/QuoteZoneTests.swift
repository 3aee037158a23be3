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
    ("3174", "3276", "Z1", 14), ("3201", "3273", "Z2", 104), ("3174", "3273", "Z3", 116), ("3578", "7371", "Z4", 782),
    ("3174", "8171", "Z5", 2386),
  ]) func `users and services get the same answer`(from: String, to: String, zone: String, km: Int) async throws {
    try await withBundle("address", Address.self) { address in
      let question: JSON = ["origin": ["cityCode": .string(from)], "destination": ["cityCode": .string(to)]]
      let reply = try await address.call("QuoteZone", body: question, caller: .user(address.newID()))
      #expect(reply.data["zone"]?.string == zone)
      #expect(reply.data["distanceKm"]?.int == km)
      #expect(reply.data["sameCity"] == false)
      let other = try await address.call("QuoteZoneInternal", body: question, caller: .service)
      #expect(other.data == reply.data)
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
