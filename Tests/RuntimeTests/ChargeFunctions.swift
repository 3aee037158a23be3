import FunctionKit
import PlatformTesting

struct ChargeInput: Decodable {
  var amount: Int
  var fails: Bool?
}

func charge(_ input: ChargeInput, _ db: Database) async throws -> Int {
  let id: Int = try await db.one("insert into charge (amount) values (\(input.amount)) returning id")
  if input.fails == true { throw Mishap() }
  return id
}

struct Charge: Endpoint {
  func handle(_ input: ChargeInput, context: Context) async throws -> Reply<Int> {
    Reply(try await charge(input, context.db), status: 201, headers: [(name: "location", value: "/charges/1")])
  }
}

struct ChargeMaybe: Endpoint {
  func handle(_ input: ChargeInput, context: Context) async throws -> Int { try await charge(input, context.db) }
}

struct ChargeByItself: Endpoint {
  func handle(_ input: ChargeInput, context: Context) async throws -> Reply<Int> {
    let id = try await context.transaction { try await charge(input, $0.db) }
    return Reply(id, status: 201, headers: [(name: "location", value: "/charges/1")])
  }
}

let chargeTill = BundleSource(
  "till",
  """
  endpoints:
    Charge:         { route: POST /charge, access: [user, internal], idempotency: required }
    ChargeMaybe:    { route: POST /charge-maybe, access: public, idempotency: optional }
    ChargeByItself: { route: POST /charge-by-itself, access: [user, internal], idempotency: required, transaction: none }
  """, [.endpoint(Charge.self), .endpoint(ChargeMaybe.self), .endpoint(ChargeByItself.self)])

func key(_ key: String, _ caller: [(String, String)] = Keys.asService) -> [(String, String)] {
  caller + [("idempotency-key", key)]
}

/// One transaction with the key, and transactions of its own beside it.
let chargeRoutes = ["/charge", "/charge-by-itself"]
