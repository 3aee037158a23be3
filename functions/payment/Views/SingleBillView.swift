import FunctionKit

/// One payment that is no order's, and where to pay it.
struct SingleBillView: Codable, Sendable {
  var payment: Ready<PaymentView>
  /// Nil when nothing is to be paid, or while the provider has not opened it.
  var invoice: InvoiceView?

  /// 201, or 202 while the invoice is not open yet.
  /// - Throws: ``Problem`` 422 when the provider has refused to collect.
  static func reply(to ids: [ID], from db: Database) async throws -> Reply<SingleBillView> {
    let bill = try await BillView.reply(to: ids, from: db)
    guard let payment = bill.value.payments.first else { throw Problem.notFound("payment") }
    return Reply(
      SingleBillView(payment: payment, invoice: bill.value.invoice), status: bill.status, isFinal: bill.isFinal)
  }
}
