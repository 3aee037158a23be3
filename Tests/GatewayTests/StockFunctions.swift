import FunctionKit
import PlatformTesting
import Synchronization

/// What the callee of the tests offers.
struct Reserve: Endpoint {
  struct Input: Decodable {
    var id: String
    var quantity: Int
  }

  func handle(_ input: Input, context: Context) async throws -> Int {
    var validation = Validation()
    validation.range(input.quantity, "quantity", 1...9)
    validation.text(input.id, "id", length: 1...5)
    try validation.finish()
    try await context.db.run("insert into note values (\(input.id))")
    return input.quantity
  }
}

struct WhoCalls: Endpoint {
  struct Input: Decodable {
    var id: String
    var q: String?
  }

  struct Output: Encodable {
    var id: String
    var q: String?
    var user: ID?
    var role: Caller.Role?
    var isPrivileged: Bool
    var requestID: String
    var trace: String?
  }

  func handle(_ input: Input, context: Context) async throws -> Output {
    Output(
      id: input.id, q: input.q, user: context.caller.userID, role: context.caller.role,
      isPrivileged: context.caller.isPrivileged, requestID: context.requestID, trace: context.header("traceparent"))
  }
}

struct ForUsers: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> ID { try context.requireUser() }
}

struct ForAdmins: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> String { "admin" }
}

struct Break: Endpoint {
  struct Mishap: Error {}
  func handle(_ input: Nothing, context: Context) async throws -> Nothing { throw Mishap() }
}

struct Refuse: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Nothing {
    throw Problem.invalidState("reservation", from: "open", to: "shut")
  }
}

struct Remove: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> NoContent { NoContent() }
}

struct ListStock: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Page<Int> { Page([1, 2], nextCursor: "c") }
}

struct Sleep: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Nothing {
    try await context.db.run("select pg_sleep(60)")
    return input
  }
}

struct SleepLong: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Nothing {
    try await context.db.run("select pg_sleep(60)")
    return input
  }
}

/// Is not well the first times; how often it is called, it counts in the database, past its own transaction.
struct Flaky: Endpoint {
  struct Input: Decodable { var failures: Int }

  func handle(_ input: Input, context: Context) async throws -> Int {
    let count = try await context.transaction { transaction in
      try await transaction.db.run("insert into note values (\("\(context.newID())"))")
      return try await transaction.db.one("select count(*) from note", as: Int.self)
    }
    guard count > input.failures else { throw Problem(503, "overloaded", "Later.") }
    return count
  }
}

let stock = BundleSource(
  "stock",
  """
  endpoints:
    Reserve:   { route: POST /internal/reserve, access: internal, idempotency: optional, body: 256B }
    WhoCalls:  { route: GET /internal/who/:id, access: internal }
    ForUsers:  { route: GET /mine, access: user }
    ForAdmins: { route: GET /all, access: { role: [finance_admin] } }
    Break:     { route: POST /internal/break, access: internal }
    Refuse:    { route: POST /internal/refuse, access: internal }
    Remove:    { route: DELETE /internal/things/:id, access: internal }
    ListStock: { route: GET /internal/list, access: internal }
    Sleep:     { route: POST /internal/sleep, access: internal, timeout: 200ms }
    SleepLong: { route: POST /internal/sleep-long, access: internal, timeout: 1h }
    Flaky:     { route: POST /internal/flaky, access: internal, idempotency: optional, transaction: none }
  """,
  [
    .endpoint(Reserve.self), .endpoint(WhoCalls.self), .endpoint(ForUsers.self), .endpoint(ForAdmins.self),
    .endpoint(Break.self), .endpoint(Refuse.self), .endpoint(Remove.self), .endpoint(ListStock.self),
    .endpoint(Sleep.self), .endpoint(SleepLong.self), .endpoint(Flaky.self),
  ])
