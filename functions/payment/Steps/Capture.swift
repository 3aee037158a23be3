import FunctionKit

extension Work {
  /// Makes payments paid: the state, the books, what the sellers owe, and the announcement, all in one transaction.
  /// - Parameters:
  ///   - channel: how they were paid, if it is a channel of ours.
  ///   - reported: how they were paid in the provider's words.
  func capture(_ payments: [PaymentRecord], channel: String?, reported: String?, at paidAt: Instant) async throws {
    let lines = Dictionary(grouping: try await db.lines(of: payments), by: \.paymentId)
    try await post(payments.map { .capture($0, lines[$0.id, default: []]) })
    for payment in payments {
      try await markPaid(payment, channel: channel ?? payment.channel, detail: reported, at: paidAt)
      let paidBy = channel ?? reported ?? payment.channel ?? "unknown"
      try await announcePaid(payment, lines[payment.id, default: []], by: paidBy, at: paidAt)
    }
  }

  private func announcePaid(
    _ payment: PaymentRecord, _ lines: [LineRecord], by channel: String, at paidAt: Instant
  ) async throws {
    switch payment.purpose {
    case .order:
      let sellers = try await recordCommissions(payment, lines)
      try await emit(PaymentPaid(payment, channel: channel, at: paidAt, sellers: sellers))
    case .walletTopup: try await emit(WalletTopUpPaid(payment, at: paidAt))
    case .sponsoredPost:
      guard let post = try await note(.paid, ofPost: payment, paidAt: paidAt) else { return }
      try await emit(SponsoredPostPaid(post, at: paidAt))
    case .bazaarFee: break
    }
  }

  private func markPaid(
    _ payment: PaymentRecord, channel: String?, detail: String?, at paidAt: Instant
  ) async throws {
    try payment.status.mustAllow(.paid)
    try await db.run(
      """
      update payment set status = 'paid', captured_amount = amount, channel = \(channel), channel_detail = \(detail),
        paid_at = \(paidAt), version = version + 1, updated_at = \(now)
      where id = \(payment.id)
      """)
    try await record(payment.id, from: payment.status, to: .paid)
  }
}

extension Journal {
  fileprivate static func capture(_ payment: PaymentRecord, _ lines: [LineRecord]) -> Journal {
    capture(
      payment.purpose, payment: payment.id, number: payment.paymentNumber, wallet: payment.walletAmount,
      lines: lines.map { ($0.sellerId, $0.amounts) })
  }
}
