import FunctionKit
import Testing

private enum Size: String, Codable, CaseIterable, Sendable { case small, large = "xl" }
private enum Level: Int, Codable, CaseIterable, Sendable { case low = 1, high = 3 }

private struct Part: Codable, Sendable, Limited {
  var name: String
  var count: UInt8?
  static let limits: [String: FieldLimit] = ["count": .range(1...9, default: 2)]
}

private struct Whole: Codable, Sendable {
  var id: ID
  var at: Instant?
  var size: Size
  var level: Level?
  var parts: [Part]
  var notes: [String: String]
  var rest: JSON?

  enum CodingKeys: String, CodingKey {
    case id, at, size, level, parts, notes
    case rest = "the_rest"
  }
}

@Suite struct `The schema of a type` {
  @Test func `that is read has what it asks for, and what it can do without`() throws {
    let found = try #require(schema(reading: Whole.self))
    #expect(found["required"] == ["id", "size", "parts", "notes"])
    let fields = try #require(found["properties"])
    #expect(fields["id"] == ["type": "string", "format": "uuid"])
    #expect(fields["at"] == ["anyOf": [["type": "string", "format": "date-time"], ["type": "null"]]])
    #expect(fields["size"] == ["type": "string", "enum": ["small", "xl"]])
    #expect(fields["level"] == ["anyOf": [["type": "integer", "enum": [1, 3]], ["type": "null"]]])
    #expect(fields["notes"] == ["type": "object", "additionalProperties": ["type": "string"]])
    #expect(fields["the_rest"] == [:])
    #expect(fields["parts"]?["items"]?["required"] == ["name"])
    #expect(unknown(reading: Whole.self) == [])
  }

  @Test func `that is read has the bounds of its numbers, and limits of its own go before`() throws {
    struct Numbers: Decodable, Sendable { var small: Int16, large: UInt, part: Part }
    let fields = try #require(schema(reading: Numbers.self)?["properties"])
    #expect(fields["small"] == ["type": "integer", "format": "int16", "minimum": -32768, "maximum": 32767])
    #expect(fields["large"]?["maximum"] == .number(JSONNumber(UInt.max)))
    let count = try #require(fields["part"]?["properties"]?["count"]?["anyOf"]?[0])
    #expect(count == ["type": "integer", "format": "uint8", "minimum": 1, "maximum": 9, "default": 2])
  }

  @Test func `that is written has every field, if only as null`() throws {
    let found = try #require(schema(writing: Whole.self))
    #expect(found["required"] == ["id", "at", "size", "level", "parts", "notes", "the_rest"])
    let part = found["properties"]?["parts"]?["items"]
    #expect(part?["required"] == ["name", "count"])
    #expect(part?["properties"]?["name"] == ["type": "string"])
  }

  @Test func `that holds itself refers to itself`() throws {
    let shape = try #require(Registered.endpoint(Shaped<Nothing, Forest>.self).shape?())
    #expect(shape.unknown == [])
    let branches = shape.definitions["FunctionKitTests.Forest"]?["properties"]?["trees"]?["items"]
    #expect(branches == ["$ref": "#/components/schemas/FunctionKitTests.Forest"])
    #expect(unknown(reading: Forest.self).count == 1, "what is read has no names to refer to")
  }

  @Test func `that a field can do without but its function can't is required`() throws {
    struct Named: Decodable, Sendable, Limited {
      var name: String?
      static let limits: [String: FieldLimit] = ["name": .text(1...5).and(.pattern("^a")).needed]
    }
    let found = try #require(schema(reading: Named.self))
    #expect(found["required"] == ["name"])
    #expect(found["properties"]?["name"]?["maxLength"] == 5)
    #expect(found["properties"]?["name"]?["allOf"] == [["pattern": "^a"]])
  }

  @Test func `of replies: envelope, list, none`() throws {
    let page = try #require(Registered.endpoint(Shaped<Nothing, Page<Int>>.self).shape?().answers.first)
    #expect(page.status == "200")
    #expect(page.schema["required"] == ["success", "data", "meta"])
    let reply = try #require(Registered.endpoint(Shaped<Nothing, Reply<Int>>.self).shape?().answers.first)
    #expect(reply.status == "2XX")
    #expect(reply.hasVersion)
    let none = try #require(Registered.endpoint(Shaped<Nothing, NoContent>.self).shape?().answers.first)
    #expect(none.status == "204")
    #expect(none.contentType == nil)
  }
}

struct Forest: Codable, Sendable {
  var trees: [Forest]
}
