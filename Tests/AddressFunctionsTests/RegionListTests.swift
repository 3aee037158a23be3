import AddressFunctions
import FunctionKit
import FunctionTesting
import Testing

@Suite struct RegionListTests {
  @Test func `all provinces by name, for a day`() async throws {
    try await withBundle("address", Address.self) { address in
      let reply = try await address.call("ListProvinces")
      let names = reply.data.array?.compactMap { $0["name"]?.string } ?? []
      #expect(names.count == 38)
      #expect(names.first == "Aceh")
      #expect(names == names.sorted())
      #expect(reply.header("cache-control") == "public, max-age=86400")
      #expect(try await address.call("ListProvinces", query: [("q", "PAPUA")]).data.array?.count == 6)
    }
  }

  @Test func `a province tells its island group and whether it is remote`() async throws {
    try await withBundle("address", Address.self) { address in
      let bali = try await address.call("ListProvinces", query: [("q", "bali")]).data[0]
      #expect(bali?["code"] == "51")
      #expect(bali?["islandGroup"] == "bali_nusa")
      #expect(bali?["isRemote"] == false)
      let remote: [String] = try await address.query("select code from province where is_remote order by code")
      #expect(remote == ["81", "82", "91", "92", "93", "94", "95", "96"])
    }
  }

  @Test func `a province's cities, by part of a name and by type`() async throws {
    try await withBundle("address", Address.self) { address in
      func names(_ query: [(name: String, value: String)]) async throws -> [String] {
        let reply = try await address.call("ListCities", path: [("code", "32")], query: query)
        return reply.data.array?.compactMap { $0["fullName"]?.string } ?? []
      }
      #expect(try await names([]).count == 27)
      #expect(try await names([("type", "kota")]).count == 9)
      let bandung = try await names([("q", "kota bandung")])
      #expect(bandung == ["Kabupaten Bandung", "Kota Bandung", "Kabupaten Bandung Barat"])
      #expect(try await names([("q", "bandung"), ("type", "kota")]) == ["Kota Bandung"])
      #expect(try await address.call("ListCities", path: [("code", "32")], query: [("type", "desa")]).status == 422)
    }
  }

  @Test func `a city's districts by name`() async throws {
    try await withBundle("address", Address.self) { address in
      let all = try await address.call("ListDistricts", path: [("code", "3273")])
      #expect(all.data.array?.count == 30)
      let some = try await address.call("ListDistricts", path: [("code", "3273")], query: [("q", "cob")])
      #expect(some.data.array?.compactMap { $0["code"]?.string } == ["327302"])
    }
  }

  @Test(arguments: [("ListCities", "99"), ("ListCities", "3273"), ("ListDistricts", "9999"), ("ListDistricts", "x")])
  func `an unknown parent is not found`(function: String, code: String) async throws {
    try await withBundle("address", Address.self) { address in
      let reply = try await address.call(function, path: [("code", code)])
      #expect(reply.status == 404)
      #expect(reply.code == "not_found")
    }
  }

  @Test func `regions taken out of use are not listed, but can be looked up`() async throws {
    try await withBundle("address", Address.self) { address in
      try await address.write("update district set is_active = false where code = '327302'")
      #expect(try await address.call("ListDistricts", path: [("code", "3273")]).data.array?.count == 29)
      #expect(try await address.call("SearchRegions", query: [("q", "coblong")]).data[0]?["code"] != "327302")
      let region = try await address.call("GetRegion", path: [("code", "327302")])
      #expect(region.data["district"]?["isActive"] == false)
    }
  }
}
