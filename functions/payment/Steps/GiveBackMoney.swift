import FunctionKit

extension Work {
  /// Books money that no order can keep and orders its return, approved at once. Called with the invoice held.
  /// - Parameters:
  ///   - key: names this money and no other, so that it goes back once however often it is reported.
  ///   - isBooked: whether the books have it already.
  /// - Returns: the refund's id; nil when the money is on its way back already.
  @discardableResult
  func giveBack(
    _ back: GiveBack, from payment: PaymentRecord, key: String, isBooked: Bool = false
  ) async throws -> ID? {
    let isKnown = try await db.one("select exists (select from refund where request_key = \(key))", as: Bool.self)
    if isKnown { return nil }
    try await db.run(
      """
      update payment set late_captured_amount = late_captured_amount + \(back.amount), version = version + 1,
        updated_at = \(now)
      where id = \(payment.id)
      """)
    let refund = try await request(NewRefund(back, of: payment, key: key))
    let description = "\(back.reason.rawValue) of \(payment.paymentNumber)"
    if !isBooked { try await post([.unapplied(back.amount, .init(type: "refund", id: refund.id), description)]) }
    return try await approve(refund).id
  }

  /// A payment had ended before its money came.
  /// - Parameter whole: all that the provider took at once.
  func giveBackLate(_ late: Takings.Late, whole: Int, mode: RefundMode?) async throws {
    let method = GiveBack.method(.latePayment, mode: mode, isWhole: late.amount == whole)
    let back = GiveBack(reason: .latePayment, amount: late.amount, method: method)
    let key = "late_payment:\(late.payment.id)"
    guard let refund = try await giveBack(back, from: late.payment, key: key) else { return }
    guard late.payment.purpose == .order else { return }
    try await emit(PaymentLateCaptured(late.payment, amount: late.amount, refund: refund, at: now))
  }

  /// The buyer paid more than was asked for.
  func giveBackExcess(_ excess: Int, _ report: GatewayReport, to payment: PaymentRecord) async throws {
    let back = GiveBack(reason: .overpayment, amount: excess, method: .wallet)
    let key = "overpayment:\(report.externalId):\(report.amount)"
    try await giveBack(back, from: payment, key: key)
  }

  /// The buyer paid twice: all of the second money goes back, once, though it is reported as paid and as settled.
  func giveBackDuplicate(_ report: GatewayReport, _ held: HeldInvoice) async throws {
    guard let payment = held.payments.first else { return }
    let channel = try await db.channel(ChannelNames.ours(report.channel))
    let method = GiveBack.method(.duplicatePayment, mode: channel?.refundMode, isWhole: true)
    let back = GiveBack(reason: .duplicatePayment, amount: report.amount, method: method)
    let key = "duplicate_payment:\(report.externalId):\(report.paymentId ?? "")"
    try await giveBack(back, from: payment, key: key)
  }
}

extension NewRefund {
  fileprivate init(_ back: GiveBack, of payment: PaymentRecord, key: String) {
    let toWallet = back.method == .wallet ? back.amount : 0
    let route = RefundRoute(method: back.method, gatewayPart: back.amount - toWallet, walletPart: toWallet)
    self.init(
      payment: payment, reason: back.reason, parts: back.parts(of: payment.amounts), route: route, key: key)
  }
}
