import FunctionKit
import Testing

@testable import AddressFunctions

@Suite struct PostalCodeTests {
  @Test(arguments: ["10110", "40132", "99976"])
  func `five digits, the first of them not 0`(text: String) throws {
    #expect(try PostalCode(text).text == text)
  }

  @Test(arguments: ["", "00123", "1219", "101100", "1o110", "10 10", "１０１１０", "-1011"])
  func `all else is refused by its own code`(text: String) {
    let problem = #expect(throws: Problem.self) { try PostalCode(text) }
    #expect(problem?.status == 422)
    #expect(problem?.code == "invalid_postal_code")
  }
}
