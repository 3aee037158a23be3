import FunctionKit

extension Context {
  private static let patience: Duration = .days(7)

  /// Brings into our books what the provider has done and nobody has told us: the provider is asked for the thing itself,
  /// and its answer changes what a webhook would have changed. What it does not know stays a difference.
  /// - Throws: what kept one of them from being asked for, after the others: another time it may work, and as a difference it
  ///   would stand for ever. After a week it does.
  func heal(_ movements: [Movement], in run: ReconciliationRun, because trigger: String) async throws {
    var left: (any Error)?
    for (type, group) in Dictionary(grouping: movements, by: \.type) where type != .other {
      let own: [OwnMovement] = try await db.all(type.own(of: group))
      for movement in group {
        let here = OwnMovement.named(by: movement, among: own).map { own[$0] }
        let pairing = Pairing(there: movement, here: here)
        guard let here, pairing.mismatch == .missingHere else { continue }
        if here.isOfUnknownMoment(beside: movement) {
          try await work(because: trigger) { try await $0.setMoment(of: here, to: movement.at) }
        }
        guard !here.isDone || movement.effect == .undone else { continue }
        try await skippingFailures("\(type.rawValue) \(here.reference) is to be healed") {
          do { try await heal(movement, here, in: run, because: trigger) } catch {
            if error.mayPass { left = error }
            throw error
          }
        }
      }
    }
    if let left, now < run.reconDate.end + Self.patience { throw left }
  }

  private func heal(
    _ movement: Movement, _ own: OwnMovement, in run: ReconciliationRun, because trigger: String
  ) async throws {
    guard let report = try await ask(movement, own) else {
      return log.error("the provider lists \(own.reference), but does not know it")
    }
    try await work(because: trigger) { work in
      let outcome = try await work.take(report)
      if case .parked(let reason) = outcome { work.context.log.error("\(own.reference): \(reason)") }
      let now: OwnMovement? = try await work.db.first(movement.type.own(of: [movement]))
      let pairing = Pairing(there: movement, here: now)
      guard pairing.isHere else { return }
      try await work.keep(
        [ReconciliationItem(Pairing(there: movement, here: own), .missingHere, healed: true, id: work.context.newID())],
        in: run)
    }
  }

  private func ask(_ movement: Movement, _ own: OwnMovement) async throws -> AnyReport? {
    switch movement.type {
    case .payment, .other:
      guard let invoice = try await db.invoice(own.id) else { return nil }
      var report = try await InvoiceGateway.xendit(self, for: invoice).look(for: invoice)
      report?.paidAt = movement.at
      return report.map(AnyReport.invoice)
    case .refund:
      guard let refund = try await db.refund(own.id) else { return nil }
      let gateway = RefundGateway.xendit(self, for: refund)
      if let known = refund.gatewayRef ?? movement.product { return try await .refund(gateway.get(known)) }
      return nil
    case .payout:
      guard let payout = try await db.payout(own.id) else { return nil }
      let gateway = PayoutGateway.xendit(self, for: payout)
      return try await gateway.find(movement.reference ?? own.reference).map(AnyReport.payout)
    }
  }
}

extension OwnMovement {
  /// Whether it is a payment that a job found out about, which is told neither by what money nor when, and so was booked at
  /// the moment of the invoice's last change.
  fileprivate func isOfUnknownMoment(beside movement: Movement) -> Bool {
    movement.type == .payment && movement.effect == .done && isDone && moneyRef == nil && pairedWith == nil
      && amount == movement.amount
  }
}

extension Work {
  fileprivate func setMoment(of own: OwnMovement, to moment: Instant) async throws {
    try await db.run(
      """
      update gateway_invoice set paid_at = \(moment), updated_at = \(now)
      where id = \(own.id) and gateway_payment_id is null and reconciled_txn is null
      """)
  }
}

extension Error {
  /// Whether the same may work later.
  fileprivate var mayPass: Bool {
    if case .unavailable = self as? GatewayFailure { return true }
    return (self as? DatabaseError)?.isTransient == true
  }
}

/// What the provider says about any of the things that it does for us.
private enum AnyReport: Sendable {
  case invoice(GatewayReport)
  case refund(RefundReport)
  case payout(PayoutReport)
}

extension Work {
  fileprivate func take(_ report: AnyReport) async throws -> Outcome {
    switch report {
    case .invoice(let report): try await take(report)
    case .refund(let report): try await take(report)
    case .payout(let report): try await take(report)
    }
  }
}
