import FunctionKit

extension Context {
  /// Has the wallet set aside what it is to pay of a bill, all of it or nothing, outside of any transaction.
  ///
  /// An answer that does not come leaves the rest to be set aside; the recovery job asks again.
  func setAside(forBill bill: ID, because trigger: String) async throws {
    for payment in try await db.payments(ofBill: bill) where payment.holdState == .wanted && payment.expiresAt > now {
      do {
        let hold = try await services.setAside(HoldOrder(payment))
        try await work(because: trigger) { try await $0.note(hold, for: payment.id, ofBill: bill) }
      } catch let error as ServiceError where error.isFinal {
        log.info("the wallet sets nothing aside for payment \(payment.paymentNumber): \(error)")
        return try await work(because: trigger) { try await $0.fail(bill: bill, because: error) }
      } catch let error as ServiceError {
        return log.warning("the wallet could not be asked for payment \(payment.paymentNumber): \(error)")
      }
    }
  }
}

extension Work {
  /// Once everything is set aside, what the wallet pays alone is to be taken.
  fileprivate func note(_ hold: WalletHold, for id: ID, ofBill bill: ID) async throws {
    let held = try await self.hold(bill: bill)
    guard let payment = held.payments.first(where: { $0.id == id }) else { return }
    guard payment.holdState == .wanted else {
      // Two have asked, or it has ended meanwhile and what was set aside is to be set free.
      if payment.holdState == .released, payment.walletHoldId == nil {
        try await move(payment, hold: .releasing, id: hold.id)
      }
      return
    }
    try await move(payment, hold: .held, id: hold.id)
    let bill = try await self.hold(bill: bill).live
    guard bill.allSatisfy({ $0.holdState != .wanted }) else { return }
    for payment in bill where payment.holdState == .held && payment.gatewayAmount == 0 && payment.invoiceId == nil {
      try await move(payment, hold: .due)
    }
  }

  /// The wallet has too little, or may not be used: nothing of the bill can be paid as it is.
  fileprivate func fail(bill: ID, because error: ServiceError) async throws {
    let held = try await hold(bill: bill)
    for invoice in held.invoices where invoice.status == .creating {
      try await fail(invoice, reason: error.code)
    }
    for payment in held.live where payment.holdState.isOpen || payment.holdState == .none {
      try await fail(payment, code: "wallet_insufficient", reason: "\(error.code): \(error.detail)")
    }
  }
}
