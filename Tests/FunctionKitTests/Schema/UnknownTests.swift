import FunctionKit
import Testing

/// Reads a number or a text.
private struct Either: Codable, Sendable {
  var text: String
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int.self) {
      text = "\(number)"
    } else {
      text = try container.decode(String.self)
    }
  }
  func encode(to encoder: any Encoder) throws { try text.encode(to: encoder) }
}

/// Takes a default for what it can't read.
private struct Lenient: Codable, Sendable {
  var first: Int
  var second: Int
  enum CodingKeys: CodingKey { case first, second }
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    first = try container.decode(Int.self, forKey: .first)
    second = (try? container.decode(Int.self, forKey: .second)) ?? 7
  }
}

/// Reads a member that stands beside the others only sometimes.
private struct Sometimes: Decodable, Sendable {
  var kind: String?
  enum CodingKeys: CodingKey { case kind }
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    kind = container.contains(.kind) ? try container.decode(String.self, forKey: .kind) : nil
  }
}

/// Refuses what it is tried with.
private struct Proud: Decodable, Sendable {
  struct No: Error {}
  var name: String
  enum CodingKeys: CodingKey { case name }
  init(from decoder: any Decoder) throws {
    name = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .name)
    guard name == "proud" else { throw No() }
  }
}

/// Leaves out what it has not.
private struct Sparse: Codable, Sendable {
  var name: String
  var note: String?
  enum CodingKeys: CodingKey { case name, note }
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    if let note { try container.encode(note, forKey: .note) }
  }
}

/// Is written as another type than it is read from.
private struct Disguised: Codable, Sendable {
  var count: Int
  enum CodingKeys: CodingKey { case count }
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode("\(count)", forKey: .count)
  }
}

private enum Open: String, Codable, Sendable { case one, two }

private enum Choice: Codable, Sendable { case a(Int), b(String) }

private struct OneWay: Encodable, Sendable { var name: String }

@Suite struct `What can't be told for sure` {
  @Test func `of a type that is read is open, and named`() throws {
    try expectOpen(reading: Either.self, "goes on after a value that it can't read")
    try expectOpen(reading: Lenient.self, "goes on after a value that it can't read")
    try expectOpen(reading: Sometimes.self, "reads a member in one way or another")
    try expectOpen(reading: Proud.self, "refuses what it is tried with")
    try expectOpen(reading: Choice.self, "reads whatever members there are")
  }

  @Test func `of a type that is written is open, and named`() throws {
    try expectOpen(writing: Sparse.self, "is written otherwise than it is read")
    try expectOpen(writing: Disguised.self, "is written otherwise than it is read")
    try expectOpen(writing: OneWay.self, "can't be read back")
  }

  @Test func `of an enum is the word, for it does not tell its cases`() throws {
    struct Holder: Decodable, Sendable { var open: Open }
    try expectOpen(reading: Holder.self, "for which there is no stand-in")
  }

  @Test func `is no less open when others hold it`() throws {
    struct Outer: Codable, Sendable {
      var inner: Sparse
      var list: [Sparse]
    }
    let outer = try #require(schema(writing: Outer.self))
    #expect(outer["properties"] == ["inner": [:], "list": ["type": "array", "items": [:]]])
    #expect(unknown(writing: Outer.self).allSatisfy { $0.contains("Sparse") })
  }

  @Test func `a limit of no field is named`() throws {
    struct Typo: Decodable, Sendable, Limited {
      var count: Int
      static let limits: [String: FieldLimit] = ["cuont": .range(1...2)]
    }
    #expect(unknown(reading: Typo.self).first?.contains("limits 'cuont', which is none of its fields") == true)
  }

  @Test func `a type that states its schema is believed`() throws {
    struct Stated: Decodable, Sendable, SchemaDescribing {
      static var jsonSchema: JSON { ["type": ["string", "integer"]] }
      init(from decoder: any Decoder) throws { throw CancellationError() }
    }
    #expect(schema(reading: Stated.self) == ["type": ["string", "integer"]])
    #expect(unknown(reading: Stated.self) == [])
  }

  private func expectOpen<T: Decodable & Sendable>(reading type: T.Type, _ why: String) throws {
    #expect(schema(reading: type) == [:], "\(type)")
    let reasons = unknown(reading: type)
    #expect(reasons.contains { $0.contains("\(type)") && $0.contains(why) }, "\(reasons)")
  }

  private func expectOpen<T: Encodable & Sendable>(writing type: T.Type, _ why: String) throws {
    #expect(schema(writing: type) == [:], "\(type)")
    let reasons = unknown(writing: type)
    #expect(reasons.contains { $0.contains("\(type)") && $0.contains(why) }, "\(reasons)")
  }
}
