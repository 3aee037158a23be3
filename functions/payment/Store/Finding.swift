import FunctionKit

extension Database {
  func payment(_ id: ID) async throws -> PaymentRecord? {
    try await first("select \(PaymentRecord.columns) from payment where id = \(id)")
  }

  /// The newest payment for an order.
  func payment(ofOrder order: ID) async throws -> PaymentRecord? {
    try await first(
      """
      select \(PaymentRecord.columns) from payment where purpose = 'order' and reference_id = \(order)
      order by created_at desc, id desc limit 1
      """)
  }

  /// In the order of the ids.
  func payments(_ ids: [ID]) async throws -> [PaymentRecord] {
    try await all(
      """
      select \(PaymentRecord.columns) from payment where id = any(\(ids)::uuid[])
      order by array_position(\(ids)::uuid[], id)
      """)
  }

  func payments(ofInvoice invoice: ID) async throws -> [PaymentRecord] {
    try await all("select \(PaymentRecord.columns) from payment where invoice_id = \(invoice) order by id")
  }

  func invoice(_ id: ID?) async throws -> InvoiceRecord? {
    guard let id else { return nil }
    return try await first("select \(InvoiceRecord.columns) from gateway_invoice where id = \(id)")
  }
}
