import FunctionKit

/// Where a buyer pays.
struct InvoiceView: Codable, Sendable {
  var url: String
  var expiresAt: Instant
  var status: InvoiceStatus

  /// - Returns: nil unless it is open, since nobody is to pay one that was left or has ended.
  init?(_ invoice: InvoiceRecord) {
    guard invoice.status == .open, let url = invoice.url else { return nil }
    self.url = url
    expiresAt = invoice.expiresAt
    status = invoice.status
  }
}
