import FunctionKit
import Testing

@Suite struct `Parsing JSON` {
  @Test(
    arguments: [
      ("null", JSON.null), (" true\r\n\t", true), ("false", false), ("0", 0), ("-12", -12), ("\"\"", ""),
      ("[]", []), ("[ ]", []), ("{}", [:]), ("{ }", [:]), ("[1,[2,[]]]", [1, [2, []]]),
      (#"{"a":{"b":[null]},"":1}"#, ["a": ["b": [nil]], "": 1]),
      (#""\"\\\/\b\f\n\r\t""#, .string("\"\\/\u{8}\u{C}\n\r\t")),
      (#""\u0041\u00e9\u20AC""#, "Aé€"), (#""\ud83d\uDE00""#, "😀"), (#""\u0000""#, "\u{0}"),
      ("\"é€😀\u{7F}\u{2028}\"", "é€😀\u{7F}\u{2028}"), (#""\\u0041""#, #"\u0041"#), (#""é\n€""#, "é\n€"),
    ] as [(String, JSON)])
  func `accepts what the grammar accepts`(text: String, expected: JSON) throws {
    #expect(try JSON.parse(Array(text.utf8)) == expected)
  }

  @Test(arguments: ["0", "-0", "1.50", "1e5", "1E+5", "0.1e-7", "123456789012345678901234567890", "-0.0e0"])
  func `keeps the text of a number`(text: String) throws {
    #expect(try JSON.parse(Array(text.utf8)) == .number(#require(JSONNumber(text))))
    #expect(try JSON.parse(Array(text.utf8)).serialized() == Array(text.utf8))
  }

  @Test func `keeps the order of members`() throws {
    let text = #"{"z":1,"a":{"y":2,"b":3},"m":[]}"#
    #expect(try JSON.parse(Array(text.utf8)).serialized() == Array(text.utf8))
  }

  @Test func `nests 64 levels and no deeper`() throws {
    let fine = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(throws: Never.self) { try JSON.parse(Array(fine.utf8)) }
    let hostile = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    #expect(throws: JSONSyntaxError(line: 1, column: 65, message: "nested deeper than 64 levels")) {
      try JSON.parse(hostile)
    }
    let mixed = String(repeating: #"{"a":["#, count: 33)
    #expect(throws: JSONSyntaxError(line: 1, column: 193, message: "nested deeper than 64 levels")) {
      try JSON.parse(Array(mixed.utf8))
    }
  }

  @Test func `finds members of large objects and refuses their duplicates`() throws {
    let members = (0..<5000).map { #""k\#($0)":\#($0)"# }.joined(separator: ",")
    let object = try JSON.parse(Array("{\(members)}".utf8))
    #expect(object["k4999"]?.int == 4999)
    #expect(object["k5000"] == nil)
    #expect(throws: JSONSyntaxError.self) { try JSON.parse(Array(#"{\#(members),"k77":0}"#.utf8)) }
  }

  @Test func `reads into documents by name and position`() throws {
    let json: JSON = ["a": [["b": 7], "text", true, 1.5]]
    #expect(json["a"]?[0]?["b"]?.int == 7)
    #expect(json["a"]?[1]?.string == "text")
    #expect(json["a"]?[2]?.bool == true)
    #expect(json["a"]?[3]?.double == 1.5)
    #expect(json["a"]?[4] == nil)
    #expect(json["a"]?["b"] == nil)
    #expect(json["a"]?[1]?.int == nil)
  }

  @Test func `edits objects in place`() {
    var object: JSONObject = ["a": 1, "b": 2, "c": 3]
    object["b"] = nil
    object["a"] = 9
    object["d"] = 4
    #expect(JSON.object(object).serialized() == Array(#"{"a":9,"c":3,"d":4}"#.utf8))
    #expect(object == ["d": 4, "c": 3, "a": 9])
  }
}
