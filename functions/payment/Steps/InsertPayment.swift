import FunctionKit

/// One order's payment before it has a row.
struct NewPayment {
  var order: CreatePayment.Order
  var amounts: Amounts
  /// The order's lines with their part of the fee.
  var lines: [Amounts]
  var key: String
  var invoice: ID?
  var expiresAt: Instant
}

extension Work {
  func insert(_ new: NewPayment, of request: CreatePayment.Input) async throws -> PaymentRecord {
    let id = context.newID()
    let customer = try AsJSON(request.customer)
    _ = try await numbered(.payment) { number in
      try await db.run(
        """
        insert into payment (id, payment_number, purpose, reference_id, order_number, checkout_id, user_id,
          merchandise_amount, platform_discount, shipping_amount, shipping_discount, tax_amount, fee_amount, amount,
          invoice_id, channel, customer, idempotency_key, expires_at, created_at, updated_at)
        values (\(id), \(number), 'order', \(new.order.orderId), \(new.order.orderNumber), \(request.checkoutId),
          \(request.userId), \(new.amounts.merchandise), \(new.amounts.platformDiscount), \(new.amounts.shipping),
          \(new.amounts.shippingDiscount), \(new.amounts.tax), \(new.amounts.fee), \(new.amounts.total),
          \(new.invoice), \(request.channel), \(customer), \(new.key), \(new.expiresAt), \(now), \(now))
        on conflict (payment_number) do nothing
        """)
    }
    for (line, amounts) in zip(new.order.lines, new.lines) { try await insert(line, amounts, of: id) }
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
