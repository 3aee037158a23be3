/// How far a reconciliation has come, and what it has counted on the way.
struct ReconciliationProgress: Codable, Sendable, Equatable {
  /// What is read, in this order.
  enum Stage: String, Codable, Sendable, CaseIterable {
    /// The provider's list of what came in, and of what we know nothing of.
    case incoming
    /// The provider's list of what went out.
    case outgoing
    /// What only our books have.
    case invoices, refunds, payouts
    case done

    var next: Stage {
      switch self {
      case .incoming: .outgoing
      case .outgoing: .invoices
      case .invoices: .refunds
      case .refunds: .payouts
      case .payouts, .done: .done
      }
    }
  }

  var stage = Stage.incoming
  /// The last one of the stage that was read.
  var after: String?
  var matched = 0
  var amountHere = 0
  var amountThere = 0

  /// - Parameter last: where the page ended; nil when the stage ends with it.
  mutating func passed(_ last: String?) {
    after = last
    if last == nil { stage = stage.next }
  }

  mutating func count(_ pairing: Pairing) {
    if pairing.mismatch == nil { matched += 1 }
    amountHere += pairing.signedAmountHere
    amountThere += pairing.there.signedAmount
  }
}
