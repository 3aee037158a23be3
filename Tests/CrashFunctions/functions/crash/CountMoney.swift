import FunctionKit

/// Says how much money there is, whatever becomes of others meanwhile.
struct CountMoney: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Int {
    try await context.db.one("select money from till")
  }
}
