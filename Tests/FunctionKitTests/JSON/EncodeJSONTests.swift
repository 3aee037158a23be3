import FunctionKit
import Testing

private func text(_ value: some Encodable) throws -> String { String(decoding: try encodeJSON(value), as: UTF8.self) }

@Suite struct `Encoding JSON` {
  enum Colour: String, Encodable { case red }

  struct Everything: Encodable {
    var a: Int8 = -128
    var b: UInt64 = .max
    var c = Int.min
    var d = 1.5
    var e: Float = 0.1
    var f = true
    var g = Colour.red
    var h: [Int?] = [1, nil]
    var i: [String: Bool] = ["x": false]
    var j: UInt128 = .max
  }

  @Test func `writes members in order and integers exactly`() throws {
    #expect(
      try text(Everything())
        == #"{"a":-128,"b":18446744073709551615,"c":-9223372036854775808,"d":1.5,"e":0.1,"f":true,"g":"red","#
        + #""h":[1,null],"i":{"x":false},"j":340282366920938463463374607431768211455}"#)
  }

  struct Absent: Encodable {
    var a: Int?, b: String?, c: Bool?, d: Double?, e: [Int]?, f: Colour?, g: UInt8?, h: Float?, i: Int64?, j: JSON?
  }

  @Test func `writes null for what is absent`() throws {
    #expect(
      try text(Absent())
        == #"{"a":null,"b":null,"c":null,"d":null,"e":null,"f":null,"g":null,"h":null,"i":null,"j":null}"#)
    #expect(try text(Absent(a: 1, b: "", f: .red)).hasPrefix(#"{"a":1,"b":"","c":null,"d":null,"e":null,"f":"red","#))
  }

  @Test(arguments: [
    ("plain", #""plain""#), ("\"\\/", #""\"\\/""#), ("\n\r\t\u{8}\u{C}", #""\n\r\t\u0008\u000c""#),
    ("\u{0}\u{1F}\u{10}", #""\u0000\u001f\u0010""#), ("é€😀\u{7F}", "\"é€😀\u{7F}\""),
  ])
  func `escapes only what must be`(value: String, expected: String) throws {
    #expect(try text(value) == expected)
    #expect(try text([value: value]) == "{\(expected):\(expected)}")
  }

  @Test(
    arguments: [
      (0, "0"), (-0.0, "-0"), (5, "5"), (1e15, "1000000000000000"), (1e16, "1e+16"), (0.1, "0.1"),
      (2.5e-300, "2.5e-300"),
      (1.7976931348623157e308, "1.7976931348623157e+308"),
    ] as [(Double, String)])
  func `writes doubles in their shortest form`(value: Double, expected: String) throws {
    #expect(try text(value) == expected)
    #expect(throws: Never.self) { try JSON.parse(Array(expected.utf8)) }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `refuses numbers without a JSON form and says where`(value: Double) throws {
    struct Row: Encodable { var price: Double }
    struct Table: Encodable { var rows: [Row] }
    var buffer: [UInt8] = [1, 2]
    let error = #expect(throws: EncodingError.self) {
      try encodeJSON(Table(rows: [Row(price: 1), Row(price: value)]), into: &buffer)
    }
    guard case .invalidValue(_, let context) = error else { return }
    #expect(context.codingPath.map(\.stringValue) == ["rows", "1", "price"])
    #expect(buffer == [1, 2])
    #expect(throws: EncodingError.self) { try encodeJSON(Float(value)) }
  }

  @Test func `appends to a buffer`() throws {
    var buffer = Array("[".utf8)
    try encodeJSON(1, into: &buffer)
    try encodeJSON("x", into: &buffer)
    #expect(buffer == Array(#"[1"x""#.utf8))
  }

  struct Nothing: Encodable { func encode(to encoder: any Encoder) {} }

  @Test func `writes single values and empty ones`() throws {
    #expect(try text(Int?.none) == "null")
    #expect(try text([Int]()) == "[]")
    #expect(try text([String: Int]()) == "{}")
    #expect(try text([Nothing()]) == "[{}]")
    #expect(try text([[], [1], [2, 3]]) == "[[],[1],[2,3]]")
    #expect(try text([[1: "a"]]) == #"[{"1":"a"}]"#)
  }
}
