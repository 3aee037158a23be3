import FunctionKit

/// What payment asks the wallet service about the account between them.
extension Services {
  /// Its `clearing:payment`, debits positive.
  func walletClearing(asOf time: Instant) async throws -> Int {
    try await call(
      "wallet", .get, "/internal/ledger/clearing-payment", query: ["asOf": time.description], timeout: .seconds(10),
      retries: 1, as: Balance.self
    ).balance
  }

  private struct Balance: Decodable { var balance: Int }
}
