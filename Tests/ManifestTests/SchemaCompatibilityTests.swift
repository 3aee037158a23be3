import Manifest
import Testing

/// Two copies of an event's file: whether the reader's understands what the writer's allows.
@Suite struct `A reader of an event` {
  @Test(
    arguments: [
      ("required: [a], properties: { a: { type: string } }", "properties: { a: { type: string } }"),
      ("required: [a], properties: { a: { type: string } }", ""),
      ("", "properties: { a: { type: string } }"),
      ("properties: { a: { type: integer } }", "properties: { a: { type: number } }"),
      ("properties: { a: { type: string } }", "properties: { a: { type: [string, \"null\"] } }"),
      ("properties: { a: { type: string, format: uuid } }", "properties: { a: { type: string } }"),
      ("properties: { a: { type: string, enum: [x] } }", "properties: { a: { type: string, enum: [x, y] } }"),
      ("properties: { a: { type: string, enum: [x] } }", "properties: { a: { type: string } }"),
      ("properties: { a: { type: integer, minimum: 1 } }", "properties: { a: { type: integer, minimum: 0 } }"),
      (
        "properties: { a: { type: array, items: { type: object, required: [b], properties: { b: { type: integer } } } } }",
        "properties: { a: { type: array, items: { type: object, properties: { b: { type: number } } } } }"
      ),
    ]) func `understands what is as narrow as it relies on, or narrower`(written: String, read: String) throws
  {
    #expect(try schema(written).conflicts(forReader: schema(read)) == [])
  }

  @Test(
    arguments: [
      ("", "required: [a], properties: { a: { type: string } }", "R requires 'a', which W does not promise"),
      (
        "properties: { a: { type: string } }", "required: [a], properties: { a: { type: string } }",
        "R requires 'a', which W does not promise"
      ),
      (
        "properties: { a: { type: number } }", "properties: { a: { type: integer } }",
        "R reads type integer at /properties/a, but W writes number"
      ),
      (
        "properties: { a: { type: string } }", "properties: { a: { type: object } }",
        "R reads type object at /properties/a, but W writes string"
      ),
      (
        "properties: { a: { type: [string, \"null\"] } }", "properties: { a: { type: string } }",
        "R takes no null at /properties/a, which W may write"
      ),
      (
        "properties: { a: { type: string } }", "properties: { a: { type: string, format: uuid } }",
        "R reads format uuid at /properties/a, but W writes any text"
      ),
      (
        "properties: { a: { type: string, format: date } }", "properties: { a: { type: string, format: date-time } }",
        "R reads format date-time at /properties/a, but W writes date"
      ),
      (
        "properties: { a: { type: string, enum: [x, y, z] } }", "properties: { a: { type: string, enum: [y] } }",
        "R does not know x or z at /properties/a, which W may write"
      ),
      (
        "properties: { a: { type: string } }", "properties: { a: { type: string, enum: [y] } }",
        "R knows certain texts only at /properties/a, but W writes any"
      ),
      (
        "properties: { a: { type: integer } }", "properties: { a: { type: integer, minimum: 0 } }",
        "R reads nothing below 0 at /properties/a, which W may write"
      ),
      (
        "properties: { a: { type: array, items: { type: object, properties: { b: { type: string } } } } }",
        "properties: { a: { type: array, items: { type: object, required: [b], properties: { b: { type: string } } } } }",
        "R requires 'b' at /properties/a/items, which W does not promise"
      ),
    ]) func `does not understand what is wider than it relies on`(written: String, read: String, text: String) throws
  {
    let conflicts = try schema(written).conflicts(forReader: schema(read))
    #expect(conflicts.map { $0.text(reader: "R", writer: "W") } == [text])
  }

  @Test func `is named with the writer and what to do, where one of the two is new`() throws {
    let (old, new) = (try schema("required: [a], properties: { a: { type: string } }"), try schema(""))
    let narrow =
      "thing.done: reader (release 2, live) requires 'a', which writer (release 1, new) does not promise; "
      + "deploy a release of reader that does not rely on it first"
    #expect(try eventConflicts([writer(new, isNew: true), reader(old, isNew: false)]) == [narrow])
    let wide =
      "thing.done: reader (release 2, new) requires 'a', which writer (release 1, live) does not promise; "
      + "deploy a release of writer that promises it first"
    #expect(try eventConflicts([writer(new, isNew: false), reader(old, isNew: true)]) == [wide])
    #expect(try eventConflicts([writer(new, isNew: false), reader(old, isNew: false)]) == [])
    #expect(try eventConflicts([writer(old, isNew: true), reader(new, isNew: false)]) == [])
  }

  private func writer(_ schema: PayloadSchema, isNew: Bool) throws -> EventEnd {
    try end("writer", 1, EventFile.bundle("writer", 3001, emits: "thing.done"), schema, isNew)
  }

  private func reader(_ schema: PayloadSchema, isNew: Bool) throws -> EventEnd {
    try end("reader", 2, EventFile.bundle("reader", 3002, on: "thing.done"), schema, isNew)
  }

  private func end(
    _ name: String, _ release: Int, _ yaml: String, _ schema: PayloadSchema, _ isNew: Bool
  ) throws -> EventEnd {
    let manifest = try #require(parseBundle(yaml: yaml, file: "\(name).yaml").manifest)
    let label = "\(name) (release \(release), \(isNew ? "new" : "live"))"
    return EventEnd(label: label, manifest: manifest, schemas: ["thing.done": schema], isNew: isNew)
  }

  private func schema(_ keywords: String) throws -> PayloadSchema {
    let parsed = parseEvent(
      yaml: """
        event: thing.done
        producer: writer
        consumers: [reader]
        topic: thing.events
        payload: { type: object\(keywords.isEmpty ? "" : ", \(keywords)") }
        sample: { \(keywords.hasPrefix("required") ? "a: x" : "") }
        """, file: "events/thing.done.yaml")
    return try #require(parsed.manifest, "\(parsed.diagnostics)").payload
  }
}
