import FunctionKit
import Testing

@testable import AddressFunctions

@Suite struct RegionCodeTests {
  @Test func `a province lies in nothing`() throws {
    let code = try #require(RegionCode("32"))
    #expect(code.level == .province)
    #expect(code.province == "32")
    #expect(code.city == nil)
    #expect(code.district == nil)
  }

  @Test func `a city begins with its province`() throws {
    let code = try #require(RegionCode("3273"))
    #expect(code.level == .city)
    #expect(code.province == "32")
    #expect(code.city == "3273")
    #expect(code.district == nil)
  }

  @Test func `a district begins with its city`() throws {
    let code = try #require(RegionCode("327302"))
    #expect(code.level == .district)
    #expect(code.province == "32")
    #expect(code.city == "3273")
    #expect(code.district == "327302")
  }

  @Test(arguments: ["", "3", "327", "32730", "3273021", "32.73", "3a", " 32", "３２", "-1"])
  func `anything else is no code`(text: String) {
    #expect(RegionCode(text) == nil)
  }
}
