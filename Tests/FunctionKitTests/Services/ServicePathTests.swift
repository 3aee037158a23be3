import Testing

@testable import FunctionKit

@Suite struct `A service's path` {
  @Test func `escapes what is put into it, so that no value leads elsewhere`() throws {
    let value = "a/../b?c=d#é %"
    #expect(try ServicePath("/x/\(value)/y").target([:], of: "s") == "/x/a%2f..%2fb%3fc%3dd%23%c3%a9%20%25/y")
  }

  @Test func `takes a query, and leaves out what is nil`() throws {
    let cursor: String? = nil
    let target = try ServicePath("/x").target(["q": "a&b=c", "limit": 20, "cursor": cursor], of: "s")
    #expect(target == "/x?q=a%26b%3dc&limit=20")
  }

  @Test(arguments: ["", ".", ".."])
  func `has no room for a value that is a path of its own`(value: String) {
    let error = #expect(throws: ServiceError.self) { try ServicePath("/x/\(value)").target([:], of: "s") }
    #expect(error?.code == "invalid_path")
    #expect(error?.mayHaveActed == false)
  }

  @Test(arguments: ["", "x", "/x?y", "/x#y", "/x y", "/é"])
  func `is a plain path`(text: String) {
    #expect(throws: ServiceError.self) { try ServicePath(stringLiteral: text).target([:], of: "s") }
  }
}
