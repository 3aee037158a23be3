import FunctionKit
import Testing

private func refusals<T: Decodable>(_ type: T.Type, _ body: JSON) -> [String] {
  refusals(type, InputDecoder(body: body))
}

@Suite struct `Types that decode themselves` {
  enum Plain: String, Decodable { case one }
  enum Level: Int, Decodable, CaseIterable {
    case low = 1
    case high = 2
  }

  /// Refuses empty text, like ids and instants do.
  struct Code: Decodable, Equatable {
    var value: String
    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      value = try container.decode(String.self)
      guard value.utf8.count == 36 else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "must be a UUID")
      }
    }
  }

  struct Stubborn: Decodable, DecodingPlaceholder {
    static var placeholder: Stubborn { Stubborn() }
    init() {}
    init(from decoder: any Decoder) throws {
      throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "is never right"))
    }
  }

  struct Span: Decodable, DecodingPlaceholder {
    static let placeholder = Span(from: 0, to: 1)
    enum CodingKeys: CodingKey { case from, to }
    var from: Int, to: Int
    init(from: Int, to: Int) { (self.from, self.to) = (from, to) }
    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      from = try container.decode(Int.self, forKey: .from)
      to = try container.decode(Int.self, forKey: .to)
      guard from < to else { throw ValidationFailure(errors: [FieldError(field: "to", message: "must be later")]) }
    }
  }

  struct Input: Decodable {
    var level: Level, code: Code, stubborn: Stubborn, span: Span, plain: Plain?, last: Int
  }

  @Test func `are reported in their own words, and decoding goes on`() {
    let body: JSON = ["level": 3, "code": "x", "stubborn": 1, "span": ["from": 2, "to": 1], "plain": "two"]
    #expect(
      refusals(Input.self, body) == [
        "level: must be one of 1, 2 (invalid)", "code: must be a UUID (invalid)", "stubborn: is never right (invalid)",
        "span.to: must be later (invalid)", "plain: is not one of the allowed values (invalid)",
        "last: is required (required)",
      ])
  }

  @Test func `are only missing when they are missing`() {
    let missing = ["level", "code", "stubborn", "span", "last"].map { "\($0): is required (required)" }
    #expect(refusals(Input.self, [:]) == missing)
    #expect(refusals(Input.self, ["span": ["to": 0]])[3] == "span.from: is required (required)")
    #expect(refusals(Input.self, ["level": "1"])[0] == "level: must be a whole number (type)")
    #expect(refusals(Input.self, ["code": 5])[1] == "code: must be text (type)")
  }

  struct Stopped: Decodable {
    var first: Int, plains: [Plain], inner: Inner?, last: Int
    struct Inner: Decodable { var plain: Plain }
  }

  @Test func `without a stand-in end no more than what needs them`() {
    let body: JSON = ["plains": ["one", "two", "three"], "inner": ["plain": "two"]]
    #expect(
      refusals(Stopped.self, body) == [
        "first: is required (required)", "plains[1]: is not one of the allowed values (invalid)",
        "plains[2]: is not one of the allowed values (invalid)",
        "inner.plain: is not one of the allowed values (invalid)", "last: is required (required)",
      ])
    #expect(refusals(Plain.self, "two") == [": is not one of the allowed values (invalid)"])
  }

  enum Either: Decodable, Equatable {
    case number(Int)
    case text(String)
    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let value = try? container.decode(Int.self) {
        self = .number(value)
      } else {
        self = .text(try container.decode(String.self))
      }
    }
  }

  @Test func `may try one reading after another`() throws {
    #expect(try decodeJSON([Either].self, from: [1, "a"]) == [.number(1), .text("a")])
    #expect(refusals([Either].self, [1, true]) == ["[1]: must be text (type)"])
  }

  enum Event: Codable, Equatable {
    case paid(amount: Int)
    case expired
  }

  @Test func `may be enums with values`() throws {
    #expect(
      try decodeJSON([Event].self, from: encodeJSON([Event.paid(amount: 5), .expired])) == [.paid(amount: 5), .expired])
    #expect(refusals([Event].self, [["paid": [:]]]) == ["[0].paid.amount: is required (required)"])
  }
}
