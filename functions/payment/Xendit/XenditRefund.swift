import FunctionKit

/// A refund in the provider's words: what it answers, and what its webhook brings.
struct XenditRefund: Decodable, Sendable {
  var id: String
  var referenceID: String?
  /// Missing in some answers, which are then about one that is still under way.
  var status: String?
  var amount: JSONNumber
  var currency: String?
  var failureCode: String?

  enum CodingKeys: String, CodingKey {
    case id, status, amount, currency
    case referenceID = "reference_id"
    case failureCode = "failure_code"
  }

  /// What can't be taken at its word, and so is for a person to read.
  struct Unreadable: Error, Equatable {
    let reason: String
  }

  /// - Throws: ``Unreadable`` for another currency, a fraction of a rupiah, or a status that is not known.
  func report() throws(Unreadable) -> RefundReport {
    guard let status = RefundReport.Status(rawValue: status ?? "PENDING") else {
      throw Unreadable(reason: "status \(status ?? "") is not known")
    }
    guard currency == nil || currency == "IDR" else { throw Unreadable(reason: "the currency is not IDR") }
    guard let rupiah = amount.int, rupiah > 0 else {
      throw Unreadable(reason: "\(amount.text) is not an amount in whole rupiah")
    }
    return RefundReport(
      referenceId: referenceID.map { String($0.prefix(64)) }, gatewayRef: String(id.prefix(64)), status: status,
      amount: rupiah, failureCode: failureCode.map { String($0.prefix(100)) })
  }
}
