import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

extension PaymentScene {
  /// What the database keeps ready of each payment is what its rows say, whatever a test has done to them.
  func expectShownAsTheyAre() async throws {
    let ids: [ID] = try await payment.query("select id from payment order by id")
    for id in ids {
      let kept: String = try await payment.one("select shown::text from payment where id = \(id)")
      let shown = try JSON.parse(Array(kept.utf8))
      #expect(try await worksOut(id.description) == shown)
    }
  }

  /// A payment as callers are to see it, from its row, its invoice's and its lines'.
  func worksOut(_ id: String) async throws -> JSON {
    let id = try #require(ID(id))
    let payment: PaymentRecord = try await self.payment.one(
      "select \(PaymentRecord.columns) from payment where id = \(id)")
    let invoices: [InvoiceRecord] = try await self.payment.query(
      "select \(InvoiceRecord.columns) from gateway_invoice where id = \(payment.invoiceId)")
    let lines: [LineRecord] = try await self.payment.query(
      """
      select id, payment_id, seller_id, seller_user_id, merchandise_amount, platform_discount, shipping_amount,
        shipping_discount, tax_amount, fee_amount
      from payment_line where payment_id = \(id) order by id
      """)
    return try JSON.parse(encodeJSON(PaymentView(payment, invoice: invoices.first, lines: lines)))
  }
}

extension PaymentView {
  fileprivate init(_ payment: PaymentRecord, invoice: InvoiceRecord?, lines: [LineRecord]) {
    self.init(
      id: payment.id, paymentNumber: payment.paymentNumber, purpose: payment.purpose, orderId: payment.orderId,
      orderNumber: payment.orderNumber, referenceId: payment.referenceId, status: payment.status,
      merchandiseAmount: payment.merchandiseAmount, platformDiscount: payment.platformDiscount,
      shippingAmount: payment.shippingAmount, shippingDiscount: payment.shippingDiscount, taxAmount: payment.taxAmount,
      feeAmount: payment.feeAmount, amount: payment.amount, walletAmount: payment.walletAmount,
      gatewayAmount: payment.gatewayAmount, refundedAmount: payment.refundedAmount, channel: payment.channel,
      invoice: invoice.flatMap(InvoiceView.init), expiresAt: payment.expiresAt, paidAt: payment.paidAt,
      lines: lines.map(LineView.init))
  }
}

extension LineView {
  fileprivate init(_ line: LineRecord) {
    self.init(
      id: line.id, sellerId: line.sellerId, merchandiseAmount: line.merchandiseAmount,
      platformDiscount: line.platformDiscount, shippingAmount: line.shippingAmount,
      shippingDiscount: line.shippingDiscount, taxAmount: line.taxAmount, feeAmount: line.feeAmount)
  }
}
