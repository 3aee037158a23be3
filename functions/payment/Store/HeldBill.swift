import FunctionKit

/// Payments that were made together, and the invoices that collect them, held until the transaction ends.
struct HeldBill: Sendable {
  var invoices: [InvoiceRecord]
  var payments: [PaymentRecord]

  /// Those that the wallet is to pay a part of, and that have not ended.
  var live: [PaymentRecord] { payments.filter(\.status.isUnpaid) }
}

extension Work {
  /// In the order that everybody keeps: the invoices, then the payments, each by id.
  func hold(bill: ID) async throws -> HeldBill {
    let invoices: [InvoiceRecord] = try await db.all(
      """
      select \(InvoiceRecord.columns) from gateway_invoice
      where id in (select invoice_id from payment where bill_id = \(bill)) order by id for no key update
      """)
    let payments: [PaymentRecord] = try await db.all(
      "select \(PaymentRecord.columns) from payment where bill_id = \(bill) order by id for no key update")
    return HeldBill(invoices: invoices, payments: payments)
  }

  /// Keeps where a payment's wallet money is.
  func move(_ payment: PaymentRecord, hold state: HoldState, id: ID? = nil) async throws {
    try payment.holdState.mustAllow(state)
    try await db.run(
      """
      update payment set hold_state = \(state), wallet_hold_id = coalesce(\(id)::uuid, wallet_hold_id),
        hold_touched_at = \(now), updated_at = \(now)
      where id = \(payment.id)
      """)
    try await record(payment.id, from: payment.holdState, to: state)
  }

  /// A payment that ends needs its wallet money no more.
  func letGo(_ payment: PaymentRecord) async throws {
    if payment.holdState.isOpen { try await move(payment, hold: .releasing) }
  }
}

extension Database {
  func payments(ofBill bill: ID) async throws -> [PaymentRecord] {
    try await all("select \(PaymentRecord.columns) from payment where bill_id = \(bill) order by id")
  }
}
