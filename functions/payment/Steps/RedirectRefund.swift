import FunctionKit

extension Work {
  /// Sends a refund another way than before, or the same way once more.
  func redirect(_ refund: RefundRecord, to method: RefundMethod, _ account: BankAccount?) async throws {
    var changed = try await change(refund, to: method)
    if let account { changed = try await keep(account, on: changed) }
    guard changed.gatewayPart > 0 else {
      _ = try await finishInside(changed)
      return
    }
    // One that was approved is sent as usual.
    if changed.status == .failed, method == .originalPayment || changed.bankAccountLast4 != nil {
      _ = try await start(changed)
    }
  }

  /// All of it goes to the wallet, or its parts stay what they are.
  private func change(_ refund: RefundRecord, to method: RefundMethod) async throws -> RefundRecord {
    let gatewayPart = method == .wallet ? 0 : refund.gatewayPart
    return try await db.one(
      """
      update refund set method = \(method), gateway_part = \(gatewayPart), wallet_part = amount - \(gatewayPart),
        version = version + 1, updated_at = \(now)
      where id = \(refund.id) returning \(RefundRecord.columns)
      """)
  }
}
