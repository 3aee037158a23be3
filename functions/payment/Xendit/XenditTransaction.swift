import FunctionKit

/// A movement in the provider's words.
struct XenditTransaction: Decodable, Sendable {
  struct Fee: Decodable, Sendable {
    var status: String?
  }

  struct ProductData: Decodable, Sendable {
    var paymentLinkID: String?

    enum CodingKeys: String, CodingKey {
      case paymentLinkID = "payment_link_id"
    }
  }

  var id: String
  var productID: String?
  var type: String
  var status: String
  var referenceID: String?
  var currency: String?
  var amount: JSONNumber
  var netAmount: JSONNumber?
  var cashflow: String?
  var fee: Fee?
  var productData: ProductData?
  var created: Instant
  var updated: Instant?

  enum CodingKeys: String, CodingKey {
    case id, type, status, currency, amount, cashflow, fee, created, updated
    case productID = "product_id"
    case referenceID = "reference_id"
    case netAmount = "net_amount"
    case productData = "product_data"
  }

  var movement: Movement {
    let type = Self.types[type] ?? .other
    let isReadable = (currency == nil || currency == "IDR") && (amount.int ?? -1) >= 0
    return Movement(
      id: String(id.prefix(64)), type: type, effect: isReadable ? effect(type) : .unmodelled,
      reference: referenceID.map { String($0.prefix(255)) }, product: productID.map { String($0.prefix(64)) },
      invoice: productData?.paymentLinkID.map { String($0.prefix(64)) }, amount: max(0, amount.int ?? 0),
      isIncoming: cashflow == "MONEY_IN", fee: keptFee,
      at: type == .refund || type == .payout ? updated ?? created : created)
  }

  /// Nil where it does not tell, or tells nonsense.
  private var keptFee: Int? {
    if fee?.status == "REVERSED" || fee?.status == "CANCELED" { return 0 }
    guard let amount = amount.int, let net = netAmount?.int else { return nil }
    let (more, less) = cashflow == "MONEY_IN" ? (amount, net) : (net, amount)
    let kept = more.subtractingReportingOverflow(less)
    return kept.overflow || kept.partialValue < 0 ? nil : kept.partialValue
  }

  private static let types: [String: MovementType] = [
    "PAYMENT": .payment, "REFUND": .refund, "DISBURSEMENT": .payout,
  ]

  private func effect(_ type: MovementType) -> Movement.Effect {
    switch (status, type) {
    case ("PENDING", _), ("FAILED", _): .none
    case ("SUCCESS", .payment), ("SUCCESS", .refund), ("SUCCESS", .payout): .done
    case ("REVERSED", .payout): .undone
    case ("VOIDED", .refund), ("VOIDED", .payout): .none
    default: .unmodelled
    }
  }
}

struct XenditTransactionPage: Decodable, Sendable {
  var data: [XenditTransaction]
  var hasMore: Bool

  enum CodingKeys: String, CodingKey {
    case data
    case hasMore = "has_more"
  }
}
