import FunctionKit

/// Somebody paid at the checkout page.
struct InvoicePaid: Event {
  static let type = "sandbox_invoice.paid"

  var invoiceId: String
  var status = InvoiceRecord.Status.paid
  var at: Instant

  var subject: String { invoiceId }
}
