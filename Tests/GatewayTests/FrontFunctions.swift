import FunctionKit
import PlatformTesting

/// Makes the call that it is told to make, and says what came of it.
struct Ask: Endpoint {
  struct Input: Decodable {
    var service: String?
    var method: String
    var path: String
    var body: JSON?
    var key: String?
    var timeout: Int64?
    var retries: Int?
    var onBehalf: Bool?
  }

  struct Outcome: Encodable {
    var value: JSON?
    var status: Int?
    var code: String?
    var detail: String?
    var details: [FieldError]?
    var mayHaveActed: Bool?
  }

  func handle(_ input: Input, context: Context) async throws -> Outcome {
    do {
      let value: JSON = try await context.services.call(
        input.service ?? "stock", ServiceRequest.Method(rawValue: input.method) ?? .get,
        ServicePath(stringLiteral: input.path), body: input.body, key: input.key,
        onBehalfOf: input.onBehalf == true ? context.caller : nil, timeout: input.timeout.map { .milliseconds($0) },
        retries: input.retries ?? 0)
      return Outcome(value: value)
    } catch let error as ServiceError {
      return Outcome(
        status: error.status, code: error.code, detail: error.detail, details: error.details,
        mayHaveActed: error.mayHaveActed)
    }
  }
}

/// Can't do without the answer, and has little time.
struct Hurry: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Nothing {
    try await context.services.call("stock", .post, "/internal/sleep-long")
  }
}

/// Can't do without the answer.
struct Depend: Endpoint {
  struct Input: Decodable { var path: String }
  func handle(_ input: Input, context: Context) async throws -> JSON {
    try await context.services.call("stock", .post, ServicePath(stringLiteral: input.path))
  }
}

struct Circle: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Int {
    try await context.services.call("front", .get, "/circle")
  }
}

/// Gives up waiting once the callee works.
struct GiveUp: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> String {
    try await withThrowingTaskGroup(of: String.self) { group in
      group.addTask {
        do {
          try await context.services.call(
            "stock", .post, "/internal/sleep-long", timeout: .seconds(2), as: Nothing.self)
          return "answered"
        } catch is CancellationError { return "cancelled" }
      }
      while try await context.db.one(isSleeping, as: Bool.self) == false {}
      group.cancelAll()
      return try await group.next() ?? "nothing"
    }
  }
}

private let isSleeping: SQL = """
  select exists (select from pg_stat_activity
    where datname = current_database() and state = 'active' and query like 'select pg_sleep%')
  """

struct AskAfterWriting: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> ServiceList<Int>.Summary {
    try await context.db.run("insert into note values ('mine')")
    return try await context.stockList().summary
  }
}

struct AskBeforeWriting: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> ServiceList<Int>.Summary {
    let list = try await context.stockList()
    try await context.db.run("insert into note values ('mine')")
    return list.summary
  }
}

/// Begins its transaction while it waits.
struct AskWhileWriting: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Nothing {
    try await withThrowingTaskGroup(of: Nothing.self) { group in
      group.addImmediateTask { try await context.services.call("stock", .post, "/internal/sleep") }
      try await context.db.run("insert into note values ('mine')")
      return try await group.next() ?? input
    }
  }
}

struct AskInTransaction: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> ServiceList<Int>.Summary {
    try await context.transaction { _ in try await context.stockList().summary }
  }
}

/// Wants a transaction while it waits.
struct AskBesideTransaction: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Nothing {
    try await withThrowingTaskGroup(of: Nothing.self) { group in
      group.addImmediateTask { try await context.services.call("stock", .post, "/internal/sleep") }
      try await context.transaction { try await $0.db.run("insert into note values ('mine')") }
      return try await group.next() ?? input
    }
  }
}

struct AskAfterTransaction: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> ServiceList<Int>.Summary {
    try await context.transaction { try await $0.db.run("insert into note values ('mine')") }
    return try await context.stockList().summary
  }
}

extension Context {
  fileprivate func stockList() async throws -> ServiceList<Int> {
    try await services.call("stock", .get, "/internal/list")
  }
}

extension ServiceList<Int> {
  struct Summary: Encodable {
    var sum: Int
    var next: String?
  }

  fileprivate var summary: Summary { Summary(sum: items.reduce(0, +), next: nextCursor) }
}

let front = BundleSource(
  "front",
  """
  needs: { services: [stock, front, wallet] }
  endpoints:
    Ask:                 { route: POST /ask, access: public, transaction: none }
    Depend:              { route: POST /depend, access: public, transaction: none }
    Hurry:               { route: POST /hurry, access: public, transaction: none, timeout: 300ms }
    Circle:              { route: GET /circle, access: public }
    GiveUp:              { route: POST /give-up, access: public, transaction: none }
    AskAfterWriting:     { route: POST /after-writing, access: public }
    AskBeforeWriting:    { route: POST /before-writing, access: public }
    AskWhileWriting:     { route: POST /while-writing, access: public }
    AskInTransaction:    { route: POST /in-transaction, access: public, transaction: none }
    AskAfterTransaction: { route: POST /after-transaction, access: public, transaction: none }
    AskBesideTransaction: { route: POST /beside-transaction, access: public, transaction: none }
  """,
  [
    .endpoint(Ask.self), .endpoint(Depend.self), .endpoint(Hurry.self), .endpoint(Circle.self),
    .endpoint(GiveUp.self), .endpoint(AskAfterWriting.self), .endpoint(AskBeforeWriting.self),
    .endpoint(AskInTransaction.self), .endpoint(AskWhileWriting.self), .endpoint(AskAfterTransaction.self),
    .endpoint(AskBesideTransaction.self),
  ])

/// How a test's services are reached.
enum Way: String, CaseIterable, Sendable {
  case inProcess, overHTTP

  var setting: Setting {
    var setting = Setting()
    setting.schema = "create table note (id text primary key)"
    if self == .overHTTP { setting.remote = ["stock": String?.none, "front": String?.none] }
    return setting
  }
}

extension Platform {
  /// What came of a call, as the caller saw it.
  func ask(_ call: String, _ headers: [(String, String)] = []) async throws -> JSON {
    try await post("/ask", headers, call).data ?? .null
  }
}
