import FunctionKit
import Testing

@Suite struct `Merging path, body and query` {
  enum Sort: String, Decodable, CaseIterable { case newest, oldest }

  struct Input: Decodable, Equatable {
    var id: String
    var page: Int
    var exact: Bool
    var ratio: Double
    var sort: Sort
    var tags: [String]
    var ids: [Int]?
    var note: String?
  }

  let query = [
    (name: "page", value: "2"), (name: "exact", value: "true"), (name: "ratio", value: "0.5"),
    (name: "sort", value: "oldest"), (name: "tags", value: "a"), (name: "ids", value: "1"), (name: "ids", value: "2"),
  ]

  @Test func `reads text as what the type asks for`() throws {
    let input = try InputDecoder(path: [("id", "42")], query: query).decode(Input.self)
    #expect(
      input
        == Input(id: "42", page: 2, exact: true, ratio: 0.5, sort: .oldest, tags: ["a"], ids: [1, 2], note: nil))
  }

  @Test func `path wins over body, body over query`() throws {
    let decoder = InputDecoder(
      path: [("id", "path")], query: query + [("id", "query"), ("note", "query")],
      body: ["id": "body", "page": 3, "note": nil, "tags": []])
    let input = try decoder.decode(Input.self)
    #expect(input.id == "path")
    #expect(input.page == 3)
    #expect(input.note == nil)
    #expect(input.tags == [])
  }

  @Test func `refuses text that is something else`() {
    let bad = [
      ("page", "two"), ("exact", "1"), ("ratio", "nan"), ("sort", "x"), ("ids", "1"), ("ids", "b"), ("note", "a"),
      ("note", "b"),
    ].map { (name: $0.0, value: $0.1) }
    #expect(
      refusals(Input.self, InputDecoder(path: [("id", "1")], query: bad)) == [
        "page: must be a whole number (type)", "exact: must be true or false (type)", "ratio: must be a number (type)",
        "sort: must be one of newest, oldest (invalid)", "tags: is required (required)",
        "ids[1]: must be a whole number (type)", "note: must be given only once (invalid)",
      ])
  }

  struct Page: Decodable { var page: UInt8 }

  @Test(arguments: ["", "+1", "1 ", "1.5", "0x1"])
  func `is strict about numbers in text`(text: String) {
    #expect(refusals(Page.self, InputDecoder(query: [("page", text)])) == ["page: must be a whole number (type)"])
  }

  @Test func `keeps numbers in text within their range`() {
    #expect(
      refusals(Page.self, InputDecoder(query: [("page", "256")])) == ["page: must be between 0 and 255 (range)"])
  }

  @Test func `without any source every field is missing`() {
    #expect(refusals(Page.self, InputDecoder()) == ["page: is required (required)"])
    #expect(refusals([Int].self, InputDecoder()) == [": is required (required)"])
  }

  @Test func `a body that is no object fails once`() {
    let decoder = InputDecoder(path: [("page", "1")], body: [1])
    #expect(refusals(Page.self, decoder) == [": must be an object (type)"])
  }

  @Test func `hands raw JSON over as it came`() throws {
    #expect(try InputDecoder(body: [1, nil]).decode(JSON.self) == [1, nil])
    #expect(try InputDecoder(body: "x").decode(String.self) == "x")
    #expect(try InputDecoder(path: [("id", "7")], body: [1]).decode([Int].self) == [1])
    let merged = InputDecoder(path: [("id", "7")], query: [("q", "a"), ("q", "b")], body: ["x": 1])
    #expect(try merged.decode(JSON.self) == ["id": "7", "x": 1, "q": ["a", "b"]])
  }
}
