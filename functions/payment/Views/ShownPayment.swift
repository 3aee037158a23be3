import FunctionKit

/// A payment as it is shown, read by one statement, and whose it is.
struct ShownPayment: Sendable {
  var userId: ID
  var view: PaymentView

  /// - Parameter rows: one for each of its lines, or a single one when it has none.
  fileprivate init?(_ rows: [ShownPaymentRow]) {
    guard let first = rows.first else { return nil }
    userId = first.userId
    view = first.payment
    view.lines = rows.compactMap(\.line).sorted { $0.id < $1.id }
  }
}

extension ShownPayment {
  /// By its id.
  static func select(_ id: ID) -> SQL { ShownPaymentRow.select(where: "payment.id = \(id)") }

  /// The newest one for an order.
  static func select(ofOrder order: ID) -> SQL {
    ShownPaymentRow.select(
      where: """
        payment.id = (select id from payment where purpose = 'order' and reference_id = \(order)
          order by created_at desc, id desc limit 1)
        """)
  }
}

extension Database {
  func shownPayment(_ id: ID) async throws -> ShownPayment? { try await ShownPayment(all(ShownPayment.select(id))) }

  func shownPayment(ofOrder order: ID) async throws -> ShownPayment? {
    try await ShownPayment(all(ShownPayment.select(ofOrder: order)))
  }
}

/// A payment without its lines, its invoice, and one of its lines.
private struct ShownPaymentRow: Decodable {
  var userId: ID
  var payment: PaymentView
  var line: LineView?

  private enum Keys: String, CodingKey { case userId, lineId }

  init(from decoder: any Decoder) throws {
    let row = try decoder.container(keyedBy: Keys.self)
    userId = try row.decode(ID.self, forKey: .userId)
    payment = try PaymentView(row: decoder)
    line = try row.decodeIfPresent(ID.self, forKey: .lineId).map { try LineView(id: $0, row: decoder) }
  }

  /// Its columns stand in the order in which they are read.
  static func select(where condition: SQL) -> SQL {
    """
    select payment.user_id, payment.id, payment_number, purpose, reference_id, order_number, payment.status,
      payment.merchandise_amount, payment.platform_discount, payment.shipping_amount, payment.shipping_discount,
      payment.tax_amount, payment.fee_amount, payment.amount, wallet_amount, gateway_amount, refunded_amount, channel,
      payment.expires_at, payment.paid_at, invoice.url invoice_url, invoice.expires_at invoice_expires_at,
      invoice.status invoice_status, line.id line_id, line.seller_id, line.merchandise_amount line_merchandise_amount,
      line.platform_discount line_platform_discount, line.shipping_amount line_shipping_amount,
      line.shipping_discount line_shipping_discount, line.tax_amount line_tax_amount, line.fee_amount line_fee_amount
    from payment left join gateway_invoice invoice on invoice.id = payment.invoice_id
      left join payment_line line on line.payment_id = payment.id
    where \(condition)
    """
  }
}
