import FunctionKit
import Testing

private func text(_ value: some Encodable) throws -> String { String(decoding: try encodeJSON(value), as: UTF8.self) }

@Suite struct `Encoding by hand` {
  enum Key: CodingKey { case a, b, c }

  struct Interleaved: Encodable {
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      var nested = container.nestedContainer(keyedBy: Key.self, forKey: .a)
      var list = container.nestedUnkeyedContainer(forKey: .b)
      try nested.encode(1, forKey: .a)
      try container.encode(true, forKey: .c)
      try list.encode("x")
      try nested.encodeNil(forKey: .b)
      var inner = list.nestedUnkeyedContainer()
      try inner.encodeNil()
      try 7.encode(to: container.superEncoder())
      _ = list.nestedContainer(keyedBy: Key.self)
    }
  }

  @Test func `fills nested containers in any order`() throws {
    #expect(try text([Interleaved()]) == #"[{"a":{"a":1,"b":null},"b":["x",[null],{}],"c":true,"super":7}]"#)
  }

  class Base: Encodable {
    var x = 1
  }

  final class Derived: Base {
    override func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode("own", forKey: .a)
      try super.encode(to: encoder)
      try container.encode([1], forKey: .b)
    }
  }

  @Test func `flattens types into one object`() throws {
    #expect(try text(Derived()) == #"{"a":"own","x":1,"b":[1]}"#)
  }

  enum Event: Encodable {
    case paid(amount: Int)
    case expired
  }

  @Test func `writes enums with values`() throws {
    #expect(try text([Event.paid(amount: 5), .expired]) == #"[{"paid":{"amount":5}},{"expired":{}}]"#)
  }

  struct Twice: Encodable {
    func encode(to encoder: any Encoder) throws {
      try 1.encode(to: encoder)
      try 2.encode(to: encoder)
    }
  }

  struct Careless: Encodable {
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try? container.encode(Double.nan, forKey: .a)
    }
  }

  @Test func `fails rather than write something that is not JSON`() {
    #expect(throws: EncodingError.self) { try encodeJSON(Twice()) }
    #expect(throws: EncodingError.self) { try encodeJSON(["x": Careless()]) }
  }

  struct Fallback: Encodable {
    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      do { try container.encode(Double.nan) } catch { try container.encodeNil() }
    }
  }

  @Test func `lets a single value be tried again`() throws {
    #expect(try text([Fallback()]) == "[null]")
  }

  struct Money: JSONFragment {
    var rupiah: Int
    func write(json: inout JSONBytes) { json.integer(rupiah) }
  }

  struct Tag: RawRepresentable, JSONFragment {
    var rawValue: String
    func write(json: inout JSONBytes) { json.string("#" + rawValue) }
  }

  @Test func `lets fragments write themselves`() throws {
    #expect(try text(Money(rupiah: -5)) == "-5")
    #expect(try text(["a": [Money(rupiah: 1)]]) == #"{"a":[1]}"#)
    #expect(try text([Tag(rawValue: "x")]) == ##"["#x"]"##)
    #expect(try text(["raw": ["b": [1.50, nil]] as JSON]) == #"{"raw":{"b":[1.5,null]}}"#)
  }
}
