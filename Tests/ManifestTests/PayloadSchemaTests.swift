import FunctionKit
import Manifest
import Testing

@Suite struct PayloadSchemaTests {
  private let event = parseEvent(yaml: EventFile.yaml(), file: "events/thing.done.yaml").manifest

  @Test(
    arguments: [
      (#"{"id":"019bc0a1-07ee-78de-b778-5793417285a1"}"#, []),
      (#"{"id":"019bc0a1-07ee-78de-b778-5793417285a1","added":{"later":1}}"#, []),
      (#"{"id":"019bc0a1-07ee-78de-b778-5793417285a1","isNew":null,"price":7,"lines":[]}"#, []),
      (#"[]"#, ["$ must be an object, not an array"]),
      (#"{}"#, ["$.id is missing"]),
      (#"{"id":null}"#, ["$.id must be a string, not null"]),
      (#"{"id":"ann@example.com"}"#, ["$.id must be a UUID"]),
      (
        #"{"id":7,"price":"7","isNew":0,"lines":[{"kind":"a"},{"kind":1},{}]}"#,
        [
          "$.id must be a string, not a whole number", "$.price must be a number, not a string",
          "$.isNew must be a boolean, not a whole number", "$.lines[1].kind must be a string, not a whole number",
          "$.lines[2].kind is missing",
        ]
      ),
    ] as [(String, [String])])
  func `data is held against its schema, and every violation has its path and rule`(
    text: String, expected: [String]
  ) throws {
    let violations = try #require(event).payload.violations(in: JSON.parse(Array(text.utf8)))
    #expect(violations.map(\.description) == expected)
  }

  @Test func `a sample keeps the types of its file`() throws {
    let sample = try JSON.parse(
      Array(
        #"{"id":"019bc0a1-07ee-78de-b778-5793417285a1","price":2.5,"isNew":true,"lines":[{"kind":"5"}]}"#.utf8))
    #expect(try #require(event).sample == sample)
  }

  @Test func `a schema is written as any JSON Schema tool reads it`() throws {
    let text = String(decoding: try #require(event).payload.json.serialized(), as: UTF8.self)
    #expect(
      text == #"{"type":"object","required":["id"],"properties":{"id":{"type":"string","format":"uuid"},"#
        + #""price":{"type":"number"},"isNew":{"type":["boolean","null"]},"lines":{"type":"array","items":"#
        + #"{"type":"object","required":["kind"],"properties":{"kind":{"type":"string"}}}}}}"#)
  }
}
