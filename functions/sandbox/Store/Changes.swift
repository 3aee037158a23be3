import FunctionKit

extension Context {
  /// Takes the money for an invoice and announces it.
  func pay(_ invoice: InvoiceRecord, by method: PaymentMethod) async throws {
    let paymentID = "py-" + String(random(), radix: 16)
    try await db.run(
      """
      update invoice set status = 'PAID', paid_at = \(now), payment_id = \(paymentID),
        payment_channel = \(method.code), updated = \(now)
      where id = \(invoice.id)
      """)
    try await emit(InvoicePaid(invoiceId: invoice.id, at: now))
  }

  func expire(_ invoice: InvoiceRecord) async throws {
    try await db.run("update invoice set status = 'EXPIRED', updated = \(now) where id = \(invoice.id)")
    try await emit(InvoiceExpired(invoiceId: invoice.id, at: now))
  }

  /// 24 hexadecimal digits: seconds, then chance.
  func newInvoiceID() -> String {
    hexadecimal(UInt64(max(0, now.seconds)), digits: 8) + hexadecimal(random(), digits: 16)
  }
}

private func hexadecimal(_ value: UInt64, digits: Int) -> String {
  let text = String(value, radix: 16)
  return String(repeating: "0", count: max(0, digits - text.count)) + text.suffix(digits)
}
