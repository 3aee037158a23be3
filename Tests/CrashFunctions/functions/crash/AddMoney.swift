import FunctionKit

/// Adds one, not at once.
struct AddMoney: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Int {
    try await context.db.run("select pg_sleep(0.3)")
    return try await context.db.one("update till set money = money + 1 returning money")
  }
}
