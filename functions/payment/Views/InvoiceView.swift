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

extension InvoiceView {
  private enum Columns: String, CodingKey {
    case invoiceUrl, invoiceExpiresAt, invoiceStatus
  }

  /// From the columns of an invoice beside a payment's.
  /// - Returns: nil unless there is an open one.
  init?(row decoder: any Decoder) throws {
    let row = try decoder.container(keyedBy: Columns.self)
    guard let url = try row.decodeIfPresent(String.self, forKey: .invoiceUrl) else { return nil }
    self.url = url
    expiresAt = try row.decode(Instant.self, forKey: .invoiceExpiresAt)
    status = try row.decode(InvoiceStatus.self, forKey: .invoiceStatus)
    guard status == .open else { return nil }
  }
}
