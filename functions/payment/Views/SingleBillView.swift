import FunctionKit

/// One payment that is no order's, and where to pay it.
struct SingleBillView: Codable, Sendable {
  var payment: PaymentView
  /// Nil when nothing is to be paid, or while the provider has not opened it.
  var invoice: InvoiceView?

  init(_ payment: PaymentView) {
    self.payment = payment
    invoice = payment.invoice
  }

  /// 201, or 202 while the invoice is not open yet.
  /// - Throws: ``Problem`` 422 when the provider has refused to collect.
  static func reply(to ids: [ID], from db: Database) async throws -> Reply<SingleBillView> {
    let bill = try await BillView.reply(to: ids, from: db)
    guard let payment = bill.value.payments.first else { throw Problem.notFound("payment") }
    return Reply(SingleBillView(payment), status: bill.status, isFinal: bill.isFinal)
  }
}
