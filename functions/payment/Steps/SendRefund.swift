import FunctionKit

/// A refund that the provider is to be asked for.
private struct RefundCall: Sendable {
  var refund: RefundRecord
  /// The provider's id of the invoice that took the money.
  var invoiceRef: String
  var mayExist: Bool
}

/// What the provider is to be asked for.
private enum ProviderCall: Sendable {
  case refund(RefundCall)
  case payout(PayoutRecord)
}

extension Context {
  /// Has the provider send money back, outside of any transaction, and keeps what came of it. Safe to repeat: an attempt
  /// has one key at the provider. Does nothing for a refund that has nothing to send, or waits for somebody.
  ///
  /// An answer that does not come leaves the refund as it is; the recovery job asks again.
  func sendRefund(_ id: ID, because trigger: String) async throws {
    switch try await work(because: trigger, { try await $0.prepareCall(id) }) {
    case .refund(let call): try await send(call, because: trigger)
    case .payout(let payout): try await sendPayout(payout, because: trigger)
    case nil: break
    }
  }

  private func send(_ call: RefundCall, because trigger: String) async throws {
    let gateway = RefundGateway.xendit(self, for: call.refund)
    do {
      let order = NewGatewayRefund(call.refund, invoice: call.invoiceRef)
      let report = try await gateway.createOnce(order, mayExist: call.mayExist)
      _ = try await work(because: trigger) { try await $0.take(report) }
    } catch GatewayFailure.unavailable(let reason) {
      log.warning("refund \(call.refund.refundNumber) could not be sent: \(reason)")
    } catch GatewayFailure.refused(let code, let message) {
      log.error("refund \(call.refund.refundNumber) was refused: \(code)")
      try await work(because: trigger) { try await $0.refuse(call.refund, code: code, reason: message) }
    }
  }

  /// Asks what became of a refund that the provider has.
  func askAfterRefund(_ refund: RefundRecord, _ gatewayRef: String, because trigger: String) async throws {
    do {
      let report = try await RefundGateway.xendit(self, for: refund).get(gatewayRef)
      _ = try await work(because: trigger) { try await $0.take(report) }
    } catch let failure as GatewayFailure {
      log.warning("the provider does not say what became of refund \(refund.refundNumber): \(failure)")
    }
  }
}

extension Work {
  /// Commits what is about to be asked for, before it is.
  fileprivate func prepareCall(_ id: ID) async throws -> ProviderCall? {
    guard let held = try await holdRefund(id), held.refund.gatewayPart > 0, held.refund.isOnItsWay else { return nil }
    switch held.refund.method {
    case .originalPayment: return try await prepareRefund(held).map(ProviderCall.refund)
    case .bankTransfer: return try await preparePayout(held.refund).map(ProviderCall.payout)
    case .wallet: return nil
    }
  }

  private func prepareRefund(_ held: HeldRefund) async throws -> RefundCall? {
    let isFirst = held.refund.status == .approved
    let refund = isFirst ? try await start(held.refund) : held.refund
    guard let invoiceRef = try await db.invoice(held.payment.invoiceId)?.gatewayRef else {
      try await fail(refund, code: "NO_INVOICE", reason: "no invoice of the provider has collected this payment")
      return nil
    }
    return RefundCall(refund: refund, invoiceRef: invoiceRef, mayExist: !isFirst)
  }

  /// A webhook may have been quicker than the refusal, and then it counts.
  fileprivate func refuse(_ refund: RefundRecord, code: String, reason: String) async throws {
    guard let held = try await holdRefund(refund.id)?.refund else { return }
    guard held.attempts == refund.attempts, held.status == .processing, held.gatewayRef == nil else { return }
    try await fail(held, code: code, reason: reason)
  }
}

extension RefundRecord {
  fileprivate var isOnItsWay: Bool { status == .approved || status == .processing }
}
