import FunctionKit

extension Context {
  /// Has the wallet set free what a bill's ended payments need no more, outside of any transaction.
  /// - Returns: whether all of it is free.
  @discardableResult
  func releaseHolds(ofBill bill: ID, because trigger: String) async throws -> Bool {
    var isFree = true
    for payment in try await db.payments(ofBill: bill) where payment.holdState == .releasing {
      do {
        // One that was being set aside when the payment ended may be known to the wallet alone.
        var hold = payment.walletHoldId
        if hold == nil { hold = try await services.hold(ofPayment: payment.id)?.id }
        if let hold { try await services.release(hold: hold) }
        try await work(because: trigger) { try await $0.noteRelease(of: payment.id, hold) }
      } catch let error as ServiceError {
        let line = "what is set aside for payment \(payment.paymentNumber) is not free: \(error)"
        if error.isFinal { log.error(line) } else { log.warning(line) }
        isFree = false
      }
    }
    return isFree
  }
}

extension Work {
  fileprivate func noteRelease(of id: ID, _ hold: ID?) async throws {
    guard let payment = try await holdPayment(id), payment.holdState == .releasing else { return }
    try await move(payment, hold: .released, id: hold)
  }
}
