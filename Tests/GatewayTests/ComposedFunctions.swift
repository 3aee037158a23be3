import FunctionKit
import PlatformTesting
import Synchronization

/// What the parts of a test's compositions do with each other.
final class Stage: Sendable {
  private struct State {
    var arrived: Set<String> = []
    var waiting: [String: [CheckedContinuation<Void, Never>]] = [:]
    var cancelled = 0
    var seen: [String: String] = [:]
  }

  private let state = Mutex(State())

  /// What each part was called with.
  var seen: [String: String] { state.withLock(\.seen) }
  var cancelled: Int { state.withLock(\.cancelled) }

  func note(_ name: String, _ value: String) { state.withLock { $0.seen[name] = value } }
  func noteCancelled() { state.withLock { $0.cancelled += 1 } }

  /// Says that the one has come.
  func arrive(_ name: String) {
    let waiting = state.withLock { state in
      state.arrived.insert(name)
      return state.waiting.removeValue(forKey: name) ?? []
    }
    for continuation in waiting { continuation.resume() }
  }

  /// Waits for the other.
  func wait(for name: String) async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if state.arrived.contains(name) { return true }
        state.waiting[name, default: []].append(continuation)
        return false
      }
      if isThere { continuation.resume() }
    }
  }
}

/// By the request's id, so that tests do not meet each other's.
private let stages = Mutex<[String: Stage]>([:])

func stage(_ requestID: String) -> Stage {
  stages.withLock { stages in
    let stage = stages[requestID] ?? Stage()
    stages[requestID] = stage
    return stage
  }
}

/// One of two that answer only once the other has been called.
struct MeetLeft: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> String {
    stage(context.requestID).arrive("left")
    await stage(context.requestID).wait(for: "right")
    return "left"
  }
}

struct MeetRight: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> String {
    stage(context.requestID).arrive("right")
    await stage(context.requestID).wait(for: "left")
    return "right"
  }
}

/// Never answers, and notes that it is told to stop.
struct Endless: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> String {
    stage(context.requestID).arrive("endless")
    await withTaskCancellationHandler {
      await stage(context.requestID).wait(for: "cancelled")
    } onCancel: {
      stage(context.requestID).noteCancelled()
      stage(context.requestID).arrive("cancelled")
    }
    throw CancellationError()
  }
}

struct GetThing: Endpoint {
  struct Input: Decodable { var id: String }
  struct Output: Codable, Sendable {
    var id: String
    var maker: Maker?
    var weight: Int
    var trace: String?
    var version: String?
  }
  struct Maker: Codable, Sendable { var id: String? }

  func handle(_ input: Input, context: Context) async throws -> Output {
    stage(context.requestID).note("thing", input.id)
    if input.id == "none" { throw Problem.notFound("thing") }
    let maker = input.id == "found" ? nil : Maker(id: input.id == "lone" ? nil : "maker/of ü")
    return Output(
      id: input.id, maker: maker, weight: 7, trace: context.header("traceparent"),
      version: context.header("if-none-match"))
  }
}

struct GetMaker: Endpoint {
  struct Input: Decodable {
    var id: String
    var weight: Int?
    var of: String?
  }
  func handle(_ input: Input, context: Context) async throws -> String {
    "\(input.id), \(input.weight ?? 0), \(input.of ?? "")"
  }
}

struct ListParts: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Page<Int> { Page([1, 2], nextCursor: "c") }
}

struct MyThings: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> ID { try context.owningUser() }
}

struct Refusing: Endpoint {
  struct Input: Decodable { var code: String }
  func handle(_ input: Input, context: Context) async throws -> String {
    switch input.code {
    case "busy": throw Problem(503, "overloaded", "Too much to do.", retryAfter: 7)
    case "gone": throw Problem.notFound("thing")
    case "break": throw CancellationError()
    default: throw Problem(409, input.code, "It says \(input.code).")
    }
  }
}

struct AsPage: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> HTML { "<p>no JSON</p>" }
}

struct AsBare: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Bare<[String: Int]> { Bare(["one": 1]) }
}

struct Kept: Endpoint {
  struct Input: Decodable { var rule: String }
  func handle(_ input: Input, context: Context) async throws -> Reply<String> {
    let rule = input.rule == "short" ? "public, max-age=60" : "public, max-age=3600"
    return Reply("kept", headers: [(name: "cache-control", value: rule), (name: "vary", value: "x-place")])
  }
}

struct Large: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> String { String(repeating: "x", count: 900) }
}

let parts = BundleSource(
  "parts",
  """
  endpoints:
    GetThing:  { route: GET /things/:id, access: public }
    GetMaker:  { route: GET /makers/:id, access: public }
    ListParts: { route: GET /parts, access: public }
    MyThings:  { route: GET /my/things, access: owner }
    ForAdmins: { route: "GET /admin/things", access: { role: [admin] } }
    MeetLeft:  { route: GET /meet/left, access: public }
    MeetRight: { route: GET /meet/right, access: public }
    Endless:   { route: GET /endless, access: public, timeout: 1h }
    Refusing:  { route: GET /refusing/:code, access: public }
    Kept:      { route: GET /kept/:rule, access: public }
    Large:     { route: GET /large, access: public }
    AsPage:    { route: GET /page, access: public }
    AsBare:    { route: GET /bare, access: public }
    MeetNobody: { route: GET /limited, access: public, rateLimit: { by: address, requests: 1, per: 1h } }
  """,
  [
    .endpoint(GetThing.self), .endpoint(GetMaker.self), .endpoint(ListParts.self), .endpoint(MyThings.self),
    .endpoint(ForAdmins.self), .endpoint(MeetLeft.self), .endpoint(MeetRight.self), .endpoint(Endless.self),
    .endpoint(Refusing.self), .endpoint(Kept.self), .endpoint(Large.self), .endpoint(AsPage.self),
    .endpoint(AsBare.self), .endpoint(MeetNobody.self),
  ], hasDatabase: false)

struct MeetNobody: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> String { "nobody" }
}

struct Idle: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> String { "idle" }
}

/// A bundle that has nothing of its own to show.
let composed = BundleSource(
  "composed",
  """
  endpoints: { Idle: { route: GET /idle, access: public } }
  compositions:
    Meeting:   { route: GET /meeting, parts: { left: { get: /meet/left, of: parts }, right: { get: /meet/right, of: parts } } }
    ThingFull:
      route: GET /things/:no/full
      parts:
        thing: { get: /things/:no, of: parts }
        maker: { get: "/makers/:thing.maker.id?weight=:thing.weight&of=:no", of: parts, optional: true }
        parts: { get: /parts, of: parts, optional: true }
        bare:  { get: /bare, of: parts }
    Mine:      { route: GET /mine, parts: { mine: { get: /my/things, of: parts }, list: { get: /parts, of: parts } } }
    Peek:      { route: GET /peek, parts: { list: { get: /parts, of: parts }, mine: { get: /my/things, of: parts, optional: true },
                 admin: { get: /admin/things, of: parts, optional: true } } }
    Broken:    { route: GET /broken/:code, parts: { list: { get: /parts, of: parts }, other: { get: /refusing/:code, of: parts, optional: true } } }
    Refused:   { route: GET /refused/:code, parts: { other: { get: /refusing/:code, of: parts }, list: { get: /parts, of: parts, optional: true } } }
    Late:      { route: GET /late, parts: { list: { get: /parts, of: parts }, endless: { get: /endless, of: parts, optional: true, timeout: 50ms } } }
    AllLate:   { route: GET /all-late, timeout: 50ms, parts: { list: { get: /parts, of: parts }, endless: { get: /endless, of: parts, optional: true } } }
    TooLate:   { route: GET /too-late, parts: { endless: { get: /endless, of: parts, timeout: 50ms } } }
    Waiting:   { route: GET /waiting, parts: { endless: { get: /endless, of: parts } } }
    Page:      { route: GET /paged, parts: { list: { get: /parts, of: parts }, page: { get: /page, of: parts, optional: true } } }
    Keeping:   { route: GET /keeping, parts: { one: { get: /kept/long, of: parts }, two: { get: /kept/short, of: parts } } }
    HalfKept:  { route: GET /half-kept, parts: { one: { get: /kept/long, of: parts }, two: { get: /parts, of: parts } } }
    Heavy:     { route: GET /heavy, size: 1KiB, parts: { one: { get: /large, of: parts }, two: { get: /large, of: parts, optional: true } } }
    Limited:   { route: GET /limited/full, parts: { one: { get: /limited, of: parts } } }
    Planned:   { route: GET /planned, parts: { list: { get: /parts, of: parts }, late: { get: /later/:none.x, of: later, optional: true }, none: { get: /later, of: later, optional: true } } }
    OfMakers:  { route: GET /makers/:id/full, parts: { maker: { get: /makers/:id, of: parts } } }
  """, [.endpoint(Idle.self)], hasDatabase: false)
