import FunctionKit

extension Context {
  /// Has the provider pay out, outside of any transaction, and keeps what came of it. Safe to repeat: an attempt has one
  /// key at the provider.
  ///
  /// An answer that does not come leaves the payout as it is; the recovery job asks again.
  func sendPayout(_ payout: PayoutRecord, because trigger: String) async throws {
    let gateway = PayoutGateway.xendit(self, for: payout)
    do {
      let report = try await gateway.createOnce(NewPayout(payout, account: payout.accountNumber(self)))
      _ = try await work(because: trigger) { try await $0.take(report) }
    } catch GatewayFailure.unavailable(let reason) {
      log.warning("payout \(payout.payoutNumber) could not be sent: \(reason)")
    } catch GatewayFailure.refused(let code, let message) {
      log.error("payout \(payout.payoutNumber) was refused: \(code)")
      try await work(because: trigger) { try await $0.refuse(payout, code: code, reason: message) }
    }
  }
}

extension Work {
  /// A webhook may have been quicker than the refusal, and then it counts.
  fileprivate func refuse(_ payout: PayoutRecord, code: String, reason: String) async throws {
    guard let held = try await holdPayout(payout.id), held.externalId == payout.externalId, held.status == .creating
    else { return }
    try await fail(held, code: code, reason: reason)
  }
}
