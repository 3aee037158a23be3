import FunctionKit

/// A payout in the provider's words: what it answers, and what its webhook brings.
struct XenditPayout: Decodable, Sendable {
  var id: String
  var referenceID: String
  var status: String
  var amount: JSONNumber
  var currency: String?
  var failureCode: String?

  enum CodingKeys: String, CodingKey {
    case id, status, amount, currency
    case referenceID = "reference_id"
    case failureCode = "failure_code"
  }

  /// - Throws: ``Unreadable`` for another currency, a fraction of a rupiah, or a status that is not known and so is not
  ///   final either.
  func report() throws(Unreadable) -> PayoutReport {
    guard let known = Self.statuses[status] else { throw Unreadable(reason: "status \(status) is not known") }
    guard currency == nil || currency == "IDR" else { throw Unreadable(reason: "the currency is not IDR") }
    guard let rupiah = amount.int, rupiah > 0 else {
      throw Unreadable(reason: "\(amount.text) is not an amount in whole rupiah")
    }
    return PayoutReport(
      externalId: String(referenceID.prefix(64)), gatewayRef: String(id.prefix(64)), status: known, amount: rupiah,
      failureCode: known == .failed ? failureCode ?? status : nil)
  }

  private static let statuses: [String: PayoutReport.Status] = [
    "ACCEPTED": .accepted, "REQUESTED": .accepted, "LOCKED": .accepted, "PENDING_COMPLIANCE_ASSESSMENT": .accepted,
    "SUCCEEDED": .succeeded, "FAILED": .failed, "COMPLIANCE_REJECTED": .failed, "EXPIRED": .failed,
    "CANCELLED": .cancelled, "REVERSED": .reversed,
  ]
}

/// One page of payouts.
struct XenditPayouts: Decodable, Sendable {
  var data: [XenditPayout]
}
