import EventLoop
import EventRelay
import FunctionKit
import Postgres
import RelayTesting
import Runtime

struct Effect: Decodable, Hashable {
  let function: String
  let thing: String
  let number: Int
}

struct InboxRow: Decodable {
  let status: String
  let attempts: Int
  let lastError: String?
  /// Seconds of the host's clock until the next attempt.
  let wait: Double
}

extension Platform {
  @discardableResult
  func change(_ thing: String, event: String? = nil, fails: Bool = false) async throws -> Int {
    let body: JSON = ["thing": .string(thing), "fails": .bool(fails), "event": event.map(JSON.string) ?? .null]
    return try await host.call("Change", of: "writer", body: body)
  }

  /// What the handlers have done, in the order in which they did it.
  func effects(_ function: String? = nil, of thing: String? = nil) async throws -> [Effect] {
    let all: [Effect] = try await rows("reader", "select function, thing, number from effect order by seq")
    return all.filter { (function == nil || $0.function == function) && (thing == nil || $0.thing == thing) }
  }

  func numbers(_ function: String, of thing: String) async throws -> [Int] {
    try await effects(function, of: thing).map(\.number)
  }

  func inbox(_ function: String, of thing: String) async throws -> [InboxRow] {
    try await rows(
      "reader",
      """
      select status, coalesce(attempts, 0) as attempts, errors[array_length(errors, 1)] as last_error,
        case when isfinite(due_at) then extract(epoch from due_at - \(clock.now)::timestamptz)::float8 else 0 end as wait
      from lakoo.delivery where function = \(function) and subject = \(thing) order by seq
      """)
  }

  /// What the reader has given up.
  func deadLetters() throws -> DeadLetters {
    try DeadLetters(of: host.bundle("reader"), services: host.services, dispatcher: host.dispatcher)
  }

  func untilDead(_ function: String, of thing: String) async throws {
    try await until("\(function) has given up \(thing)") {
      try await inbox(function, of: thing).contains { $0.status == "dead" }
    }
  }

  func order(_ what: String, _ thing: String) async throws {
    try await write(
      "reader",
      "insert into conduct values (\(thing), \(what)) on conflict (thing) do update set what = excluded.what")
  }

  func liftOrder(_ thing: String) async throws {
    try await write("reader", "delete from conduct where thing = \(thing)")
  }

  func untilIdle() async throws {
    try await until("every inbox row was done") {
      try await one("reader", "select not exists (select from lakoo.pending where due_at < 'infinity')", as: Bool.self)
    }
  }
}

/// Runs the body on the two bundles, started.
func withThings(
  hosts: Int = 1, options: PoolOptions = PoolOptions(), isStarted: Bool = true, events: String = Things.usual,
  _ body: @escaping @Sendable (Platform) async throws -> Void
) async throws {
  try await withPlatform(Things.bundles(events: events), hosts: hosts, options: options) { platform in
    if isStarted { platform.start() }
    try await body(platform)
  }
}
