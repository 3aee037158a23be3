import FunctionKit

/// Why money goes back.
enum RefundReason: String, Codable, SQLValue, Sendable, CaseIterable {
  case orderCancelled = "order_cancelled"
  case latePayment = "late_payment"
  case overpayment
  case duplicatePayment = "duplicate_payment"
  case itemDefective = "item_defective"
  case wrongItem = "wrong_item"
  case notAsDescribed = "not_as_described"
  case customerRequest = "customer_request"
  case other

  /// Whether the money never belonged to an order, and so is nobody's to take back from.
  var isSurplus: Bool {
    switch self {
    case .latePayment, .overpayment, .duplicatePayment: true
    default: false
    }
  }

  /// What goes back of each line when nobody says how much.
  var usualParts: [WritableKeyPath<RefundParts, Int>] {
    switch self {
    case .customerRequest, .other: [\.merchandise, \.tax]
    default: RefundParts.inOrder
    }
  }

  /// The provider's word for it.
  var providerWord: String {
    switch self {
    case .orderCancelled: "CANCELLATION"
    case .duplicatePayment: "DUPLICATE"
    case .latePayment, .overpayment, .other: "OTHERS"
    default: "REQUESTED_BY_CUSTOMER"
    }
  }
}
