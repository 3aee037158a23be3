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
