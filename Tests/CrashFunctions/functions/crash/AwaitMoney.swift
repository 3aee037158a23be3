import FunctionKit

/// Takes as long as somebody else wants: until there is money.
struct AwaitMoney: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Int {
    while true {
      let money: Int = try await context.db.one("select money from till, pg_sleep(0.02)")
      if money > 0 { return money }
    }
  }
}
