import FunctionKit

/// An invoice in the provider's words: what it answers, and what its webhook brings.
struct XenditInvoice: Decodable, Sendable {
  var id: String
  var externalID: String
  var status: String
  var amount: JSONNumber
  var currency: String?
  var paidAmount: JSONNumber?
  var paidAt: Instant?
  var paymentID: String?
  var paymentMethod: String?
  var paymentChannel: String?
  var url: String?
  var expiresAt: Instant?
  var updated: Instant?

  enum CodingKeys: String, CodingKey {
    case id, status, amount, currency, updated
    case externalID = "external_id"
    case paidAmount = "paid_amount"
    case paidAt = "paid_at"
    case paymentID = "payment_id"
    case paymentMethod = "payment_method"
    case paymentChannel = "payment_channel"
    case url = "invoice_url"
    case expiresAt = "expiry_date"
  }

  /// - Throws: ``Unreadable`` for another currency, a fraction of a rupiah, or a status that is not known.
  func report() throws(Unreadable) -> GatewayReport {
    guard let status = GatewayReport.Status(rawValue: status) else {
      throw Unreadable(reason: "status \(status) is not known")
    }
    guard currency == nil || currency == "IDR" else { throw Unreadable(reason: "the currency is not IDR") }
    let number = status.isPaid ? paidAmount ?? amount : amount
    guard let rupiah = number.int, rupiah >= 0, amount.int != nil else {
      throw Unreadable(reason: "\(number.text) is not an amount in whole rupiah")
    }
    // An invoice that is asked for tells no moment of its payment, but that of its last change.
    return GatewayReport(
      externalId: String(externalID.prefix(64)), gatewayRef: String(id.prefix(64)), status: status, amount: rupiah,
      paymentId: paymentID.map { String($0.prefix(64)) },
      channel: (paymentChannel ?? paymentMethod).map { String($0.prefix(60)) },
      paidAt: paidAt ?? (status.isPaid ? updated : nil), url: url,
      expiresAt: expiresAt)
  }
}

/// What can't be taken at its word, and so is for a person to read.
struct Unreadable: Error, Equatable {
  let reason: String
}
