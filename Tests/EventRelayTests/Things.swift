import FunctionKit
import RelayTesting

/// A bundle that changes things and says so, and one that hears of it.
enum Things {
  /// - Parameter events: how the reader hears of them, in its manifest's words.
  static func bundles(events: String = usual) throws -> [TestBundle] {
    [
      try TestBundle(
        "writer", functions: [.endpoint(Change.self), .endpoint(Whisper.self)],
        schema: "create table thing (name text primary key, version int not null default 0)",
        manifest: """
          bundle: writer
          summary: Changes things.
          version: 1
          port: 4001
          database: writer_db
          endpoints:
            Change:  { route: POST /change, access: public, timeout: 30s, emits: [thing.changed, thing.called, thing.pondered] }
            Whisper: { route: POST /whisper, access: public }
          """),
      try TestBundle(
        "reader",
        functions: [.event(Note.self), .event(Count.self), .event(Ring.self), .event(Ponder.self)],
        schema: """
          create table effect (
            seq bigint generated always as identity, function text, thing text, number int, event uuid,
            tx xid8 default pg_current_xact_id());
          create table conduct (thing text primary key, what text not null);
          create table single (thing text unique deferrable initially deferred);
          """,
        manifest: """
          bundle: reader
          summary: Hears of things.
          version: 1
          port: 4002
          database: reader_db
          events:
          \(events)
          """),
    ]
  }

  static let usual = """
      Note:   { on: thing.changed, retry: { attempts: 3, backoff: 10s..1m }, emits: [thing.noted] }
      Count:  { on: thing.changed }
      Ring:   { on: thing.called, transaction: none }
      Ponder: { on: thing.pondered, timeout: 300ms, retry: { attempts: 2, backoff: 10s..1m } }
    """
}

extension Things {
  /// Another one that hears.
  static func second() throws -> TestBundle {
    try TestBundle(
      "second", functions: [.event(Count.self)],
      schema: "create table effect (function text, thing text, number int, event uuid)",
      manifest: """
        bundle: second
        summary: Hears of things as well.
        version: 1
        port: 4003
        database: second_db
        events:
          Count: { on: thing.changed }
        """)
  }
}

struct ThingChanged: Event, Decodable {
  static let type = "thing.changed"
  let thing: String
  let number: Int
  var subject: String { thing }
}

struct ThingNoted: Event {
  static let type = "thing.noted"
  let thing: String
  var subject: String { thing }
}

struct ThingCalled: Event {
  static let type = "thing.called"
  let thing: String
  let number: Int
  var subject: String { thing }
}

struct ThingPondered: Event {
  static let type = "thing.pondered"
  let thing: String
  let number: Int
  var subject: String { thing }
}

struct Change: Endpoint {
  struct Input: Decodable {
    var thing: String
    var event: String?
    var fails: Bool?
  }

  func handle(_ input: Input, context: Context) async throws -> Int {
    let number: Int = try await context.db.one(
      """
      insert into thing values (\(input.thing), 1)
      on conflict (name) do update set version = thing.version + 1 returning version
      """)
    switch input.event {
    case "called": try await context.emit(ThingCalled(thing: input.thing, number: number))
    case "pondered": try await context.emit(ThingPondered(thing: input.thing, number: number))
    default: try await context.emit(ThingChanged(thing: input.thing, number: number))
    }
    if input.fails == true { throw Problem(409, "not_now", "Not now.") }
    return number
  }
}

/// Emits what its manifest does not list.
struct Whisper: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Nothing {
    try await context.emit(ThingChanged(thing: "secret", number: 1))
    return Nothing()
  }
}
