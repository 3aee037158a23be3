import FunctionKit

/// One order's payment, or that of something else, before it has a row.
struct NewPayment {
  var part: BillRequest.Part
  var amounts: Amounts
  /// The order's lines with their part of the fee.
  var lines: [Amounts]
  /// What the wallet pays of it.
  var wallet: Int
  var key: String
  /// What it was made with.
  var bill: ID
  var invoice: ID?
  var expiresAt: Instant
}

extension Work {
  func insert(_ new: NewPayment, of request: BillRequest) async throws -> PaymentRecord {
    let id = context.newID()
    let customer = try AsJSON(request.customer)
    _ = try await numbered(.payment) { number in
      try await db.run(
        """
        insert into payment (id, payment_number, purpose, reference_id, order_number, checkout_id, user_id,
          merchandise_amount, platform_discount, shipping_amount, shipping_discount, tax_amount, fee_amount, amount,
          wallet_amount, hold_state, hold_touched_at, bill_id, invoice_id, channel, customer, idempotency_key,
          expires_at, created_at, updated_at)
        values (\(id), \(number), \(request.purpose), \(new.part.reference), \(new.part.number),
          \(request.checkoutId), \(request.userId), \(new.amounts.merchandise), \(new.amounts.platformDiscount),
          \(new.amounts.shipping), \(new.amounts.shippingDiscount), \(new.amounts.tax), \(new.amounts.fee),
          \(new.amounts.total), \(new.wallet), \(new.wallet > 0 ? HoldState.wanted : .none),
          \(new.wallet > 0 ? now : nil), \(new.bill), \(new.invoice), \(request.channel), \(customer), \(new.key), \(new.expiresAt), \(now), \(now))
        on conflict (payment_number) do nothing
        """)
    }
    for (line, amounts) in zip(new.part.lines, new.lines) { try await insert(line, amounts, of: id) }
    try await record(id, from: PaymentStatus?.none, to: .pending)
    return try await db.one("select \(PaymentRecord.columns) from payment where id = \(id)")
  }

  private func insert(_ line: CreatePayment.Line, _ amounts: Amounts, of payment: ID) async throws {
    try await db.run(
      """
      insert into payment_line (id, payment_id, seller_id, seller_user_id, merchandise_amount, platform_discount,
        shipping_amount, shipping_discount, tax_amount, fee_amount, created_at, updated_at)
      values (\(context.newID()), \(payment), \(line.sellerId), \(line.sellerUserId), \(amounts.merchandise),
        \(amounts.platformDiscount), \(amounts.shipping), \(amounts.shippingDiscount), \(amounts.tax), \(amounts.fee),
        \(now), \(now))
      """)
  }
}
