import FunctionKit

/// A row of `invoice`.
struct InvoiceRecord: Decodable, Sendable {
  enum Status: String, Codable, Sendable, SQLValue {
    case pending = "PENDING"
    case paid = "PAID"
    case settled = "SETTLED"
    case expired = "EXPIRED"
  }

  var id: String
  var externalId: String
  var status: Status
  var amount: Int
  var request: JSON
  var expiryDate: Instant
  var paidAt: Instant?
  var paymentId: String?
  var paymentChannel: String?
  var created: Instant
  var updated: Instant

  static let columns: SQL = """
    id, external_id, status, amount, request, expiry_date, paid_at, payment_id, payment_channel, created, updated
    """

  /// The ways that the caller left open, all of them by default.
  var methods: [PaymentMethod] {
    let wanted = request["payment_methods"]?.array?.compactMap { $0.string.flatMap(PaymentMethod.named) } ?? []
    return wanted.isEmpty ? PaymentMethod.all : wanted
  }

  var method: PaymentMethod? { paymentChannel.flatMap(PaymentMethod.named) }
}

extension Database {
  func invoice(_ id: String) async throws -> InvoiceRecord? {
    try await first("select \(InvoiceRecord.columns) from invoice where id = \(id)")
  }

  /// Locks it, so that a payment and an expiry do not both succeed.
  func lockedInvoice(_ id: String) async throws -> InvoiceRecord? {
    try await first("select \(InvoiceRecord.columns) from invoice where id = \(id) for update")
  }
}
