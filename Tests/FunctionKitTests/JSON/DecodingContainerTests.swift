import FunctionKit
import Testing

@Suite struct `Decoding by hand` {
  enum Key: CodingKey { case a, b }

  struct Manual: Decodable {
    var first: Int
    var items: [String] = []
    var own: Int

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      first = try container.nestedContainer(keyedBy: Key.self, forKey: .a).decode(Int.self, forKey: .b)
      var list = try container.nestedUnkeyedContainer(forKey: .b)
      while !list.isAtEnd { items.append(try list.decode(String.self)) }
      own = try Int(from: container.superDecoder())
    }
  }

  struct Tuple: Decodable {
    var x: Int, y: Int
    init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      x = try list.decode(Int.self)
      y = try list.decode(Int.self)
    }
  }

  @Test func `reads nested containers and parents`() throws {
    let manual = try decodeJSON(Manual.self, from: ["a": ["b": 1], "b": ["x"], "super": 7])
    #expect(manual.first == 1)
    #expect(manual.items == ["x"])
    #expect(manual.own == 7)
    #expect(
      refusals(Manual.self, InputDecoder(body: ["a": [:], "b": [1]])) == [
        "a.b: is required (required)", "b[0]: must be text (type)", "super: is required (required)",
      ])
  }

  @Test func `reads lists by position`() throws {
    #expect(try decodeJSON(Tuple.self, from: [1, 2] as JSON).y == 2)
    #expect(refusals(Tuple.self, InputDecoder(body: [1])) == ["[1]: is required (required)"])
    #expect(refusals([String: Tuple].self, InputDecoder(body: ["k": nil])) == ["k: is required (required)"])
  }

  struct Loose: Codable, Equatable {
    var any: JSON
    var maybe: JSON?
    var list: [Int?]
  }

  @Test func `keeps raw JSON, nulls included`() throws {
    let loose = try decodeJSON(Loose.self, from: Array(#"{"any":null,"list":[1,null],"more":1}"#.utf8))
    #expect(loose == Loose(any: nil, maybe: Optional.none, list: [1, nil]))
    #expect(try encodeJSON(loose) == Array(#"{"any":null,"maybe":null,"list":[1,null]}"#.utf8))
    #expect(refusals(Loose.self, InputDecoder(body: ["list": []])) == ["any: is required (required)"])
  }

  @Test func `tells bad JSON from bad fields`() {
    #expect(throws: JSONSyntaxError.self) { try decodeJSON(Loose.self, from: Array("{".utf8)) }
    #expect(throws: ValidationFailure.self) { try decodeJSON(Loose.self, from: Array("{}".utf8)) }
  }

  @Test func `keeps big integers exact`() throws {
    struct Big: Decodable { var id: Int, wide: Int128 }
    let text = #"{"id":9007199254740993,"wide":170141183460469231731687303715884105727}"#
    let big = try decodeJSON(Big.self, from: Array(text.utf8))
    #expect(big.id == 9_007_199_254_740_993)
    #expect(big.wide == .max)
  }
}
