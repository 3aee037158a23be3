import AddressFunctions
import FunctionKit
import FunctionTesting
import Testing

@Suite struct PostalCodeFunctionTests {
  @Test func `a code of one place names it whole`() async throws {
    try await withBundle("address", Address.self) { address in
      let data = try await address.call("LookupPostalCode", path: [("code", "40132")]).data
      #expect(data["postalCode"] == "40132")
      #expect(data["places"]?.array?.count == 1)
      let place = data["places"]?[0]
      #expect(place?["district"]?["name"] == "Coblong")
      #expect(place?["city"]?["name"] == "Kota Bandung")
      #expect(place?["province"]?["code"] == "32")
    }
  }

  @Test func `a code of several districts or cities names them all`() async throws {
    try await withBundle("address", Address.self) { address in
      func names(_ code: String, _ level: String, _ key: String) async throws -> Set<String> {
        let data = try await address.call("LookupPostalCode", path: [("code", code)]).data
        return Set(data["places"]?.array?.compactMap { $0[level]?[key]?.string } ?? [])
      }
      let districts = try await names("15133", "district", "name")
      let cities = try await names("15157", "city", "code")
      #expect(districts == ["Periuk", "Jatiuwung"])
      #expect(cities == ["3603", "3671"])
    }
  }

  @Test(arguments: [
    ("00123", 422, "invalid_postal_code"), ("1219", 422, "invalid_postal_code"), ("99999", 404, "unknown_postal_code"),
  ]) func `a wrong code is told from an unknown one`(code: String, status: Int, problem: String) async throws {
    try await withBundle("address", Address.self) { address in
      let reply = try await address.call("LookupPostalCode", path: [("code", code)])
      #expect(reply.status == status)
      #expect(reply.code == problem)
    }
  }

  @Test func `codes are listed for a city or a district, ascending, once each`() async throws {
    try await withBundle("address", Address.self) { address in
      func codes(_ query: [(name: String, value: String)]) async throws -> [String] {
        try await address.call("ListPostalCodes", query: query).data.array?.compactMap(\.string) ?? []
      }
      #expect(try await codes([("districtCode", "327302")]) == ["40131", "40132", "40133", "40134", "40135"])
      let bandung = try await codes([("cityCode", "3273")])
      #expect(bandung == Set(bandung).sorted())
      #expect(bandung.contains("40132"))
      #expect(try await codes([("cityCode", "3174"), ("districtCode", "327302")]).isEmpty)
      #expect(try await address.call("ListPostalCodes").code == "filter_required")
    }
  }
}
