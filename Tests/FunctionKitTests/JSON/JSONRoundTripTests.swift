import FunctionKit
import Testing

/// SplitMix64: the same seed gives the same documents everywhere.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func text() -> String {
    let alphabet: [Character] = ["a", "Z", "0", "\"", "\\", "/", "\n", "\u{0}", "\u{1F}", "\u{7F}", "é", "€", "😀", " "]
    return String((0..<Int.random(in: 0...20, using: &self)).map { _ in alphabet.randomElement(using: &self) ?? "a" })
  }

  mutating func json(depth: Int = 0) -> JSON {
    switch Int.random(in: 0...(depth < 5 ? 6 : 4), using: &self) {
    case 0: return .null
    case 1: return .bool(.random(using: &self))
    case 2: return .number(JSONNumber(Int64.random(in: .min ... .max, using: &self)))
    case 3: return JSONNumber(exactly: Double(bitPattern: next())).map(JSON.number) ?? .null
    case 4: return .string(text())
    case 5: return .array((0..<Int.random(in: 0...5, using: &self)).map { _ in json(depth: depth + 1) })
    default:
      return .object(JSONObject((0..<Int.random(in: 0...30, using: &self)).map { _ in (text(), json(depth: 5)) }))
    }
  }
}

@Suite struct `Round trips` {
  @Test(arguments: 0..<50 as Range<UInt64>)
  func `a document comes back as it was`(seed: UInt64) throws {
    var generator = SeededGenerator(state: seed)
    for _ in 0..<20 {
      let json = generator.json()
      #expect(try JSON.parse(json.serialized()) == json)
      #expect(try encodeJSON(json) == json.serialized())
      #expect(try decodeJSON(JSON.self, from: json) == json)
    }
  }

  struct Sample: Codable, Equatable {
    enum Kind: String, Codable, CaseIterable { case small, large }
    struct Part: Codable, Equatable {
      var id: UInt64
      var weight: Double
      var note: String?
    }

    var text: String
    var number: Int
    var ratio: Double
    var single: Float
    var kind: Kind
    var parts: [Part]
    var named: [String: Part]
    var flag: Bool?
    var raw: JSON

    init(_ generator: inout SeededGenerator) {
      text = generator.text()
      number = .random(in: .min ... .max, using: &generator)
      ratio = .random(in: -1e6...1e6, using: &generator)
      single = .random(in: -1...1, using: &generator)
      kind = generator.next().isMultiple(of: 2) ? .small : .large
      parts = (0..<3).map { _ in Part(id: generator.next(), weight: 1 / Double(generator.next()), note: nil) }
      named = [generator.text(): Part(id: .max, weight: -0.0, note: generator.text())]
      flag = generator.next().isMultiple(of: 2) ? true : nil
      raw = generator.json()
    }
  }

  @Test(arguments: 100..<150 as Range<UInt64>)
  func `a type comes back as it was`(seed: UInt64) throws {
    var generator = SeededGenerator(state: seed)
    let sample = Sample(&generator)
    #expect(try decodeJSON(Sample.self, from: encodeJSON(sample)) == sample)
  }

  @Test func `doubles are exact to the last bit`() throws {
    var generator = SeededGenerator(state: 7)
    for _ in 0..<5000 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite else { continue }
      #expect(try decodeJSON([Double].self, from: encodeJSON([value])) == [value])
    }
  }
}
