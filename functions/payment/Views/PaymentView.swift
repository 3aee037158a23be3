import FunctionKit

/// A payment as callers see it.
struct PaymentView: Codable, Sendable {
  var id: ID
  var paymentNumber: String
  var purpose: Purpose
  /// Nil for what is no order.
  var orderId: ID?
  var orderNumber: String?
  /// The order, or what else it is for.
  var referenceId: ID
  var status: PaymentStatus
  var merchandiseAmount: Int
  var platformDiscount: Int
  var shippingAmount: Int
  var shippingDiscount: Int
  var taxAmount: Int
  var feeAmount: Int
  var amount: Int
  var walletAmount: Int
  var gatewayAmount: Int
  var refundedAmount: Int
  var channel: String?
  var invoice: InvoiceView?
  var expiresAt: Instant
  var paidAt: Instant?
  var lines: [LineView]

  init(_ payment: PaymentRecord, invoice: InvoiceRecord?, lines: [LineRecord]) {
    id = payment.id
    paymentNumber = payment.paymentNumber
    purpose = payment.purpose
    referenceId = payment.referenceId
    orderId = payment.orderId
    orderNumber = payment.orderNumber
    status = payment.status
    merchandiseAmount = payment.merchandiseAmount
    platformDiscount = payment.platformDiscount
    shippingAmount = payment.shippingAmount
    shippingDiscount = payment.shippingDiscount
    taxAmount = payment.taxAmount
    feeAmount = payment.feeAmount
    amount = payment.amount
    walletAmount = payment.walletAmount
    gatewayAmount = payment.gatewayAmount
    refundedAmount = payment.refundedAmount
    channel = payment.channel
    self.invoice = invoice.flatMap(InvoiceView.init)
    expiresAt = payment.expiresAt
    paidAt = payment.paidAt
    self.lines = lines.map(LineView.init)
  }

  /// In their order.
  static func load(_ payments: [PaymentRecord], from db: Database) async throws -> [PaymentView] {
    let lines = Dictionary(grouping: try await db.lines(of: payments), by: \.paymentId)
    let invoices: [InvoiceRecord] = try await db.all(
      """
      select \(InvoiceRecord.columns) from gateway_invoice where id = any(\(payments.compactMap(\.invoiceId))::uuid[])
      """)
    return payments.map { payment in
      PaymentView(
        payment, invoice: invoices.first { $0.id == payment.invoiceId }, lines: lines[payment.id, default: []])
    }
  }

  static func load(_ payment: PaymentRecord, from db: Database) async throws -> PaymentView {
    try await PaymentView(payment, invoice: db.invoice(payment.invoiceId), lines: db.lines(of: [payment]))
  }
}

extension PaymentView {
  private enum Columns: String, CodingKey {
    case id, paymentNumber, purpose, referenceId, orderNumber, status, merchandiseAmount, platformDiscount
    case shippingAmount, shippingDiscount, taxAmount, feeAmount, amount, walletAmount, gatewayAmount, refundedAmount
    case channel, expiresAt, paidAt
  }

  /// From the columns of a payment and of its invoice; its lines stand in rows of their own.
  init(row decoder: any Decoder) throws {
    let row = try decoder.container(keyedBy: Columns.self)
    id = try row.decode(ID.self, forKey: .id)
    paymentNumber = try row.decode(String.self, forKey: .paymentNumber)
    purpose = try row.decode(Purpose.self, forKey: .purpose)
    referenceId = try row.decode(ID.self, forKey: .referenceId)
    orderId = purpose == .order ? referenceId : nil
    orderNumber = try row.decodeIfPresent(String.self, forKey: .orderNumber)
    status = try row.decode(PaymentStatus.self, forKey: .status)
    merchandiseAmount = try row.decode(Int.self, forKey: .merchandiseAmount)
    platformDiscount = try row.decode(Int.self, forKey: .platformDiscount)
    shippingAmount = try row.decode(Int.self, forKey: .shippingAmount)
    shippingDiscount = try row.decode(Int.self, forKey: .shippingDiscount)
    taxAmount = try row.decode(Int.self, forKey: .taxAmount)
    feeAmount = try row.decode(Int.self, forKey: .feeAmount)
    amount = try row.decode(Int.self, forKey: .amount)
    walletAmount = try row.decode(Int.self, forKey: .walletAmount)
    gatewayAmount = try row.decode(Int.self, forKey: .gatewayAmount)
    refundedAmount = try row.decode(Int.self, forKey: .refundedAmount)
    channel = try row.decodeIfPresent(String.self, forKey: .channel)
    expiresAt = try row.decode(Instant.self, forKey: .expiresAt)
    paidAt = try row.decodeIfPresent(Instant.self, forKey: .paidAt)
    invoice = try InvoiceView(row: decoder)
    lines = []
  }
}
