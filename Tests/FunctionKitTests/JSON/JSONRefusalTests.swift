import FunctionKit
import Testing

@Suite struct `Refusing what is not JSON` {
  struct Case: CustomTestStringConvertible {
    let text: String
    let line: Int
    let column: Int
    let message: String

    init(_ text: String, _ line: Int, _ column: Int, _ message: String) {
      (self.text, self.line, self.column, self.message) = (text, line, column, message)
    }

    var testDescription: String { text }
  }

  static let structure = [
    Case("", 1, 1, "the document is empty"),
    Case(" \n ", 2, 2, "the document is empty"),
    Case("{\"a\":1 \"b\":2}", 1, 8, "expected ',' or '}' after a value"),
    Case("{\n  \"a\": 1,\n  \"é\": 2 x\n}", 3, 10, "expected ',' or '}' after a value"),
    Case("{\"a\":1,}", 1, 8, "expected a name in double quotes"),
    Case("{a:1}", 1, 2, "expected a name in double quotes"),
    Case("{'a':1}", 1, 2, "expected a name in double quotes"),
    Case("{\"a\" 1}", 1, 6, "expected ':' after a name"),
    Case("{\"a\":}", 1, 6, "expected a value"),
    Case("{\"a\":1", 1, 7, "expected ',' or '}' after a value, but the document ends here"),
    Case("{", 1, 2, "expected a name in double quotes, but the document ends here"),
    Case("[1,]", 1, 4, "expected a value"),
    Case("[,1]", 1, 2, "expected a value"),
    Case("[1 2]", 1, 4, "expected ',' or ']' after a value"),
    Case("[1}", 1, 3, "expected ',' or ']' after a value"),
    Case("[", 1, 2, "expected a value, but the document ends here"),
    Case("]", 1, 1, "expected a value"),
    Case("1 2", 1, 3, "unexpected text after the end of the document"),
    Case("{} // no", 1, 4, "unexpected text after the end of the document"),
    Case("[1]\u{0}", 1, 4, "unexpected text after the end of the document"),
    Case("\u{FEFF}{}", 1, 1, "expected a value"),
    Case("\u{A0}1", 1, 1, "expected a value"),
    Case("{\"a\":1,\"b\":2,\"\\u0061\":3}", 1, 14, "the name \"a\" appears twice in one object"),
  ]

  static let scalars = [
    Case("tru", 1, 1, "expected 'true'"),
    Case("nul1", 1, 1, "expected 'null'"),
    Case("truey", 1, 5, "unexpected text after the end of the document"),
    Case("True", 1, 1, "expected a value"),
    Case("NaN", 1, 1, "expected a value"),
    Case("+1", 1, 1, "expected a value"),
    Case(".5", 1, 1, "expected a value"),
    Case("01", 1, 1, "a number cannot start with 0"),
    Case("-", 1, 2, "expected a digit in a number, but the document ends here"),
    Case("-a", 1, 2, "expected a digit in a number"),
    Case("1.", 1, 3, "expected a digit after the decimal point, but the document ends here"),
    Case("[1.e1]", 1, 4, "expected a digit after the decimal point"),
    Case("1e", 1, 3, "expected a digit in the exponent, but the document ends here"),
    Case("1e+-1", 1, 4, "expected a digit in the exponent"),
    Case("0x1", 1, 2, "unexpected text after the end of the document"),
    Case("\"abc", 1, 5, "expected a closing quote, but the document ends here"),
    Case("\"abc\\", 1, 6, "expected a closing quote, but the document ends here"),
    Case("\"abc\\\"", 1, 7, "expected a closing quote, but the document ends here"),
    Case("[\"a\tb\"]", 1, 4, "a control character in text must be escaped"),
    Case("\"a\nb\"", 1, 3, "a control character in text must be escaped"),
    Case("\"ab\\x\"", 1, 4, "unknown escape in text"),
    Case("\"\\u12g4\"", 1, 2, "expected four hexadecimal digits after \\u"),
    Case("\"\\u12\"", 1, 2, "expected four hexadecimal digits after \\u"),
    Case("\"a\\ud83d\"", 1, 3, "half of a surrogate pair stands alone"),
    Case("\"\\ude00\"", 1, 2, "half of a surrogate pair stands alone"),
    Case("\"\\ud83d\\u0041\"", 1, 2, "half of a surrogate pair stands alone"),
    Case("\"\\ud83dx\"", 1, 2, "half of a surrogate pair stands alone"),
  ]

  @Test(arguments: structure + scalars)
  func `names the place and the reason`(document: Case) {
    let error = JSONSyntaxError(line: document.line, column: document.column, message: document.message)
    #expect(throws: error) { try JSON.parse(Array(document.text.utf8)) }
  }

  @Test(
    arguments: [
      ([0x80], 0), ([0x61, 0xFF], 1), ([0xC3], 0), ([0xC0, 0xAF], 0), ([0xED, 0xA0, 0x80], 0),
      ([0xF4, 0x90, 0x80, 0x80], 0), ([0xE2, 0x82], 0), ([0x5C, 0x6E, 0xE9], 2),
    ] as [([UInt8], Int)])
  func `refuses text that is not UTF-8`(bytes: [UInt8], offset: Int) {
    let quote = UInt8(ascii: "\"")
    #expect(throws: JSONSyntaxError(line: 1, column: 2 + offset, message: "text is not valid UTF-8")) {
      try JSON.parse([quote] + bytes + [quote])
    }
  }

  @Test func `survives every truncation and every flipped byte`() throws {
    let text = Array(#"{"a":[1,-2.5e3,"x\n\ud83d\ude00é"],"b":{"c":null,"d":true}}"#.utf8)
    for end in 0..<text.count { #expect(throws: JSONSyntaxError.self) { try JSON.parse(Array(text[..<end])) } }
    for position in text.indices {
      for byte in UInt8.min...UInt8.max {
        var damaged = text
        damaged[position] = byte
        if let json = try? JSON.parse(damaged) { #expect(try JSON.parse(json.serialized()) == json) }
      }
    }
  }
}
