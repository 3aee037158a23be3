import FunctionKit

/// Nobody paid in time, or the caller did not want it any longer.
struct InvoiceExpired: Event {
  static let type = "sandbox_invoice.expired"

  var invoiceId: String
  var status = InvoiceRecord.Status.expired
  var at: Instant

  var subject: String { invoiceId }
}
