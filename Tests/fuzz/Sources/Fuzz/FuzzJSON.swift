import FunctionKit

/// What is read as JSON is written as JSON that reads the same, and decodes or is refused as any input.
func fuzzJSON(_ input: [UInt8]) {
  guard let json = try? JSON.parse(input) else { return }
  let written = json.serialized()
  guard let again = try? JSON.parse(written) else { preconditionFailure("what was written is no JSON") }
  precondition(again == json, "what was written reads differently")
  _ = try? InputDecoder(body: json).decode(Shape.self)
}

/// A bit of everything that functions take.
private struct Shape: Decodable {
  enum Word: String, Decodable, CaseIterable { case one, two }
  struct Item: Decodable {
    var id: ID
    var count: UInt8
    var price: Double?
  }
  var name: String
  var word: Word?
  var at: Instant?
  var items: [Item]
  var tags: [String: Int]?
  var flag: Bool?
  var rest: JSON?
}
