import FunctionKit

extension Transaction {
  /// Takes the money for an invoice and tells the merchant.
  func pay(_ invoice: InvoiceRecord, by method: PaymentMethod, _ context: Context) async throws {
    let (product, now) = (context.newID().description, context.now)
    let paid: InvoiceRecord = try await db.one(
      """
      update invoice set status = 'PAID', paid_at = \(now), payment_id = \(method.group.paymentPrefix + product),
        payment_channel = \(method.code), updated = \(now)
      where id = \(invoice.id) returning \(InvoiceRecord.columns)
      """)
    try await db.book(.payment(paid, product, by: method), context)
    try await tell(paid, context)
  }

  func expire(_ invoice: InvoiceRecord, _ context: Context) async throws {
    let expired: InvoiceRecord = try await db.one(
      """
      update invoice set status = 'EXPIRED', updated = \(context.now) where id = \(invoice.id)
      returning \(InvoiceRecord.columns)
      """)
    try await tell(expired, context)
  }

  private func tell(_ invoice: InvoiceRecord, _ context: Context) async throws {
    try await tell("/webhooks/xendit/invoice", about: invoice.id, invoice.webhookBody, context)
  }
}

extension PaymentMethod.Group {
  /// What the id of a payment begins with in webhooks; lists of transactions leave it out.
  fileprivate var paymentPrefix: String {
    switch self {
    case .ewallet: "ewc_"
    case .qrCode: "qrpy_"
    case .paylater: "plc_"
    case .bank, .card, .retail, .directDebit: ""
    }
  }
}

extension Context {
  /// 24 hexadecimal digits: seconds, then chance.
  func newInvoiceID() -> String {
    hexadecimal(UInt64(max(0, now.seconds)), digits: 8) + hexadecimal(random(), digits: 16)
  }

  /// A version 4 UUID, which the provider's clients insist on for transactions.
  func newRandomUUID() -> String {
    let digits = hexadecimal(random(), digits: 16) + hexadecimal(random(), digits: 16)
    let parts = [0..<8, 8..<12, 13..<16, 17..<20, 20..<32].map { range in
      String(digits.dropFirst(range.lowerBound).prefix(range.count))
    }
    return "\(parts[0])-\(parts[1])-4\(parts[2])-8\(parts[3])-\(parts[4])"
  }
}

private func hexadecimal(_ value: UInt64, digits: Int) -> String {
  let text = String(value, radix: 16)
  return String(repeating: "0", count: max(0, digits - text.count)) + text.suffix(digits)
}
