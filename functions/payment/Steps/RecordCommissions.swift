import FunctionKit

extension Work {
  /// Records what each seller of a paid order owes for it; the house brand owes nothing.
  /// - Returns: the sellers as the announcement of the payment lists them.
  func recordCommissions(_ payment: PaymentRecord, _ lines: [LineRecord]) async throws -> [PaymentPaid.Seller] {
    var sellers: [PaymentPaid.Seller] = []
    for line in lines {
      var commission = 0
      if let seller = line.sellerId {
        commission = try await recordCommission(payment, line, seller)
      }
      sellers.append(
        PaymentPaid.Seller(
          sellerId: line.sellerId, merchandiseAmount: line.merchandiseAmount, commissionAmount: commission))
    }
    try await applyKeptNews(ofOrder: payment.referenceId)
    return sellers
  }

  /// - Parameter rate: in basis points; the seller's own or the default unless said.
  func recordCommission(
    _ payment: PaymentRecord, _ line: LineRecord, _ seller: ID, rate: Int? = nil
  ) async throws -> Int {
    let rate = if let rate { rate } else { try await db.commissionRate(of: seller, at: now) }
    let commission = share(of: line.merchandiseAmount, basisPoints: rate)
    let id = context.newID()
    let number = try await numbered(.commission) { number in
      try await db.run(
        """
        insert into commission_ledger (id, ledger_number, order_id, payment_id, payment_line_id, seller_id,
          order_number, base_amount, rate_bp, commission_amount, created_at, updated_at)
        values (\(id), \(number), \(payment.referenceId), \(payment.id), \(line.id), \(seller),
          \(payment.shownNumber), \(line.merchandiseAmount), \(rate), \(commission), \(now), \(now))
        on conflict (ledger_number) do nothing
        """)
    }
    try await record(id, from: CommissionStatus?.none, to: .pending)
    try await emit(
      CommissionRecorded(
        commissionId: id, ledgerNumber: number, orderId: payment.referenceId, sellerId: seller,
        baseAmount: line.merchandiseAmount, rateBp: rate, commissionAmount: commission, at: now))
    return commission
  }
}
