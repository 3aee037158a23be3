import FunctionKit

/// What the wallet asks the payment service about the account between them.
extension Services {
  /// Its `clearing:wallet`, debits positive.
  func clearingBalance(asOf time: Instant) async throws -> Int {
    try await call(
      "payment", .get, "/internal/ledger/clearing-wallet", query: ["asOf": time.description], timeout: .seconds(10),
      retries: 1, as: Balance.self
    ).balance
  }

  private struct Balance: Decodable { var balance: Int }
}
