import AddressFunctions
import FunctionKit
import FunctionTesting
import Testing

@Suite struct GetRegionTests {
  @Test func `a district comes with its city and province`() async throws {
    try await withBundle("address", Address.self) { address in
      let region = try await address.call("GetRegion", path: [("code", "327302")]).data
      #expect(region["level"] == "district")
      #expect(region["name"] == "Coblong")
      #expect(region["district"]?["cityCode"] == "3273")
      #expect(region["city"]?["fullName"] == "Kota Bandung")
      #expect(region["city"]?["metroCode"] == "BANDUNG")
      #expect(region["province"]?["name"] == "Jawa Barat")
    }
  }

  @Test func `what lies above comes, what lies below does not`() async throws {
    try await withBundle("address", Address.self) { address in
      let city = try await address.call("GetRegion", path: [("code", "5103")]).data
      #expect(city["name"] == "Kabupaten Badung")
      #expect(city["province"]?["code"] == "51")
      #expect(city["district"] == .null)
      let province = try await address.call("GetRegion", path: [("code", "31")]).data
      #expect(province["name"] == "DKI Jakarta")
      #expect(province["city"] == .null)
    }
  }

  @Test(arguments: ["00", "3299", "327399", "3", "327", "abc", "32730201"])
  func `other codes are not found`(code: String) async throws {
    try await withBundle("address", Address.self) { address in
      let reply = try await address.call("GetRegion", path: [("code", code)])
      #expect(reply.status == 404)
    }
  }
}
