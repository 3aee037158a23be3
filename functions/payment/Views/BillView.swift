import FunctionKit

/// The payments of a checkout and where to pay them.
struct BillView: Codable, Sendable {
  var payments: [Ready<PaymentView>]
  /// Nil when nothing is to be paid, or when the provider could not be reached and will be asked again.
  var invoice: InvoiceView?
  var feeTotal: Int
  var amountDue: Int

  /// 201, or 202 while the invoice is not open yet.
  /// - Throws: ``Problem`` 422 when the provider has refused to collect.
  static func reply(to ids: [ID], from db: Database) async throws -> Reply<BillView> {
    let payments = try await db.payments(ids)
    if let failed = payments.first(where: { $0.status == .failed }) { throw Problem.refused(failed) }
    let invoice = try await db.invoice(payments.lazy.compactMap(\.invoiceId).first)
    let bill = try await BillView(
      payments: db.shown(ids), invoice: invoice.flatMap(InvoiceView.init),
      feeTotal: payments.map(\.feeAmount).reduce(0, +),
      amountDue: payments.filter(\.status.isUnpaid).map(\.gatewayAmount).reduce(0, +))
    let isOpen = payments.allSatisfy { $0.status != .pending }
    return Reply(bill, status: isOpen ? 201 : 202, isFinal: isOpen)
  }
}

extension Problem {
  /// In the caller's terms where the provider's code has one.
  fileprivate static func refused(_ payment: PaymentRecord) -> Problem {
    let code =
      switch payment.failureCode {
      case "wallet_insufficient", "hold_closed": "wallet_insufficient"
      case "MAXIMUM_TRANSFER_AMOUNT_ERROR": "amount_out_of_range"
      case "UNAVAILABLE_PAYMENT_METHOD_ERROR", "NO_COLLECTION_METHODS_ERROR": "channel_disabled"
      default: "gateway_refused"
      }
    let reason = "\(payment.failureCode ?? "unknown"): \(payment.failureReason ?? "no reason was given")"
    return Problem(
      422, code, "Payment \(payment.paymentNumber) has failed, because it can't be collected: \(reason).")
  }
}
