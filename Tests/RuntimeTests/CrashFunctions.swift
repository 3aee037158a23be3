import EventLoop
import FunctionKit
import PlatformTesting
import Runtime

/// The ways in which a function can trap.
enum Trap: String, Decodable, CaseIterable, Sendable {
  case index, element, unwrap, overflow, forcedTry, forcedCast, precondition, fatal
}

private final class Shelf {
  var books = [1, 2, 3]
  var owner: String?
}

/// Trips over what it is told to. The values are such that the compiler can't know.
private func spring(_ trap: Trap, _ far: Int) throws {
  let shelf = Shelf()
  let anything: any Sendable = far
  switch trap {
  case .index: print(shelf.books[far])
  // An access of the object is under way when this traps.
  case .element: shelf.books[far] += 1
  case .unwrap: print(shelf.owner!)
  case .overflow: print(Int.max - far + 2 * far)
  case .forcedTry: try! refuse()
  case .forcedCast: print((anything as! String).count)
  case .precondition: precondition(far < 0, "it is near")
  case .fatal: fatalError("it was told to")
  }
}

private func refuse() throws { throw Problem(409, "refused", "It can't be done.") }

struct TrapInput: Decodable {
  enum Moment: String, Decodable, CaseIterable, Sendable { case atOnce, later, inChild }
  var trap: Trap
  var moment: Moment
}

/// Traps before it has waited for anything, with a row that it has changed, or in a task of its own beside another one.
struct Spring: Endpoint {
  func handle(_ input: TrapInput, context: Context) async throws -> Int {
    if input.moment == .atOnce { try spring(input.trap, 77) }
    try await context.db.run("update till set money = money + 1000")
    guard input.moment == .inChild else {
      try spring(input.trap, 77)
      return 0
    }
    async let other: Int = context.db.one("select money from till")
    async let trapped: Void = spring(input.trap, 77)
    try await trapped
    return try await other
  }
}

/// Takes its time, then adds one.
struct Add: Endpoint {
  struct Input: Decodable {}
  func handle(_ input: Input, context: Context) async throws -> Int {
    try await context.db.run("select pg_sleep(0.2)")
    return try await context.db.one("update till set money = money + 1 returning money")
  }
}

/// Calls one that traps.
struct AskSpring: Endpoint {
  struct Input: Decodable {}
  func handle(_ input: Input, context: Context) async throws -> String {
    do {
      let body = ["trap": "unwrap", "moment": "atOnce"]
      let _: Int = try await context.services.call("till", .post, "/spring", body: body)
      return "answered"
    } catch let error as ServiceError { return error.code }
  }
}

/// Has memory that is not there written to, which no runtime check sees.
struct Damage: Endpoint {
  struct Input: Decodable {}
  func handle(_ input: Input, context: Context) async throws -> Int {
    try await context.offload {}
    let nowhere = UnsafeMutablePointer<Int>(bitPattern: 4096)
    nowhere?.pointee = 1
    return 0
  }
}

/// Uses up the stack.
struct Recurse: Endpoint {
  struct Input: Decodable {}
  func handle(_ input: Input, context: Context) async throws -> Int { dig(0) }
  private func dig(_ depth: Int) -> Int { depth < 0 ? 0 : dig(depth + 1) + dig(depth + 2) }
}

/// Traps on a thread of the pool.
struct Compute: Endpoint {
  struct Input: Decodable {}
  func handle(_ input: Input, context: Context) async throws -> Int {
    try await context.offload { try spring(.unwrap, 77) }
    return 0
  }
}

let crashTill = BundleSource(
  "till",
  """
  needs: { services: [till] }
  endpoints:
    Spring:    { route: POST /spring, access: public, concurrency: { limit: 3, queue: 100 } }
    Add:       { route: POST /add, access: public }
    AskSpring: { route: POST /ask, access: public, transaction: none }
  """, [.endpoint(Spring.self), .endpoint(Add.self), .endpoint(AskSpring.self)])

let crashDesk = BundleSource(
  "desk",
  """
  endpoints:
    Damage:  { route: POST /damage, access: public, transaction: none }
    Recurse: { route: POST /recurse, access: public, transaction: none }
    Compute: { route: POST /compute, access: public, transaction: none }
  """, [.endpoint(Damage.self), .endpoint(Recurse.self), .endpoint(Compute.self)], hasDatabase: false)
