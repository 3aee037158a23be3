import Testing

@testable import AddressFunctions

@Suite struct DataTests {
  @Test func `every region lies in the one that its code begins with`() throws {
    let provinces = try RegionFiles.rows("provinces.csv").map { $0[0] }
    let cities = try RegionFiles.rows("cities.csv").map { $0[0] }
    let known = Set(cities)
    let districts = try RegionFiles.rows("districts.csv").map { ($0[0], $0[1]) }
    #expect((provinces.count, cities.count, districts.count) == (38, 514, 7285))
    #expect(cities.allSatisfy { provinces.contains(String($0.prefix(2))) })
    #expect(districts.allSatisfy { known.contains($1) && $0.hasPrefix($1) })
  }

  @Test func `every postal code is well formed and belongs to one province`() throws {
    var provinces: [String: Set<Substring>] = [:]
    for row in try RegionFiles.rows("postal_codes.csv") {
      provinces[try PostalCode(row[0]).text, default: []].insert(row[1].prefix(2))
    }
    #expect(provinces.count == 10_632)
    #expect(provinces.values.allSatisfy { $0.count == 1 })
  }
}
