import FunctionKit

/// Where a buyer pays.
struct InvoiceView: Codable, Sendable {
  var url: String
  var expiresAt: Instant
  var status: InvoiceStatus

  /// - Returns: nil while the provider has not opened it.
  init?(_ invoice: InvoiceRecord) {
    guard let url = invoice.url else { return nil }
    self.url = url
    expiresAt = invoice.expiresAt
    status = invoice.status
  }
}
