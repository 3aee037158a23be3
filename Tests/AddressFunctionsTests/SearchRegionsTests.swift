import AddressFunctions
import FunctionKit
import FunctionTesting
import Testing

@Suite struct SearchRegionsTests {
  @Test(arguments: [
    ("coblong", "327302", "Coblong, Kota Bandung, Jawa Barat", 1.0),
    ("Bandung", "3273", "Kota Bandung, Jawa Barat", 1),
    ("kab. bandung", "3204", "Kabupaten Bandung, Jawa Barat", 1),
    ("Jogja", "34", "DI Yogyakarta", 1), ("palangka raya", "6271", "Kota Palangkaraya, Kalimantan Tengah", 1),
    ("KÉBAYORAN BARU", "317407", "Kebayoran Baru, Kota Jakarta Selatan, DKI Jakarta", 1),
    ("kebayoran bru", "317407", "Kebayoran Baru, Kota Jakarta Selatan, DKI Jakarta", 0.786),
    ("Ki'e", "530210", "Ki'e, Kabupaten Timor Tengah Selatan, Nusa Tenggara Timur", 1),
  ]) func `the best match comes first`(q: String, code: String, label: String, score: Double) async throws {
    try await withBundle("address", Address.self) { address in
      let reply = try await address.call("SearchRegions", query: [("q", q)])
      #expect(reply.status == 200)
      #expect(reply.data[0]?["code"]?.string == code)
      #expect(reply.data[0]?["label"]?.string == label)
      #expect(reply.data[0]?["score"]?.double == score)
    }
  }

  @Test func `at most ten, none below 0.4, exact names before others`() async throws {
    try await withBundle("address", Address.self) { address in
      let matches = try await address.call("SearchRegions", query: [("q", "bandung")]).data.array ?? []
      let scores = matches.compactMap { $0["score"]?.double }
      #expect(matches.count == 10)
      #expect(scores == scores.sorted(by: >))
      #expect(scores.allSatisfy { (0.4...1).contains($0) })
      #expect(matches.prefix(4).compactMap { $0["code"]?.string }.sorted() == ["3204", "3273", "350417", "360434"])
    }
  }

  @Test func `a search can be kept to a level, a province or a city`() async throws {
    try await withBundle("address", Address.self) { address in
      func codes(_ name: String, _ value: String) async throws -> [String] {
        let reply = try await address.call("SearchRegions", query: [("q", "bandung"), (name, value)])
        return reply.data.array?.compactMap { $0["code"]?.string } ?? []
      }
      let cities = try await codes("level", "city")
      let inBanten = try await codes("provinceCode", "36")
      let inBandung = try await codes("cityCode", "3273")
      #expect(cities.allSatisfy { $0.utf8.count == 4 })
      #expect(inBanten.first == "360434")
      #expect(inBandung.count > 4)
      #expect(inBandung.allSatisfy { $0.hasPrefix("3273") })
    }
  }

  @Test func `what is no name finds nothing`() async throws {
    try await withBundle("address", Address.self) { address in
      for q in ["***", "qqqqqq", "{\"", "%_", "' or 1=1"] {
        let reply = try await address.call("SearchRegions", query: [("q", q)])
        #expect(reply.data == [])
      }
    }
  }

  @Test func `every wrong field is named`() async throws {
    try await withBundle("address", Address.self) { address in
      let reply = try await address.call(
        "SearchRegions", query: [("q", "a"), ("provinceCode", "3"), ("cityCode", "32")])
      #expect(reply.status == 422)
      #expect(reply.json["details"]?.array?.compactMap { $0["field"]?.string } == ["q", "provinceCode", "cityCode"])
    }
  }
}
