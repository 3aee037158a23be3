import FunctionKit

/// One entry of the books, before it is written: debits positive, credits negative, the sum nothing.
struct Journal: Sendable, Equatable {
  enum Kind: String, Sendable {
    case capture, unapplied
    case captureAd = "capture_ad"
    case captureTopUp = "capture_topup"
    case refundStart = "refund_start"
    case refundDone = "refund_done"
    case payoutStart = "payout_start"
    case payoutDone = "payout_done"
    case payoutUndo = "payout_undo"
    case settlement
    case baseCorrection = "base_correction"
    case gatewayFee = "gateway_fee"
    case payoutFee = "payout_fee"
    case payoutFeeUndo = "payout_fee_undo"
  }

  /// What it is about. The same kind about the same thing is written once, however often it is posted.
  struct Reference: Sendable, Equatable {
    var type: String
    var id: ID
  }

  struct Entry: Sendable, Equatable {
    var account: Account
    var amount: Int
  }

  let kind: Kind
  let reference: Reference
  let description: String
  let entries: [Entry]

  /// - Parameter amounts: in any order; amounts of one account are put together and nothing is left out as zero.
  init(_ kind: Kind, _ reference: Reference, _ description: String, _ amounts: [(Account, Int)]) {
    self.kind = kind
    self.reference = reference
    self.description = description
    let sums = Dictionary(amounts, uniquingKeysWith: +)
    entries = sums.filter { $0.value != 0 }.map { Entry(account: $0.key, amount: $0.value) }
      .sorted { $0.account.code < $1.account.code }
  }

  var balance: Int { entries.map(\.amount).reduce(0, +) }
}

extension Purpose {
  fileprivate var capture: Journal.Kind {
    switch self {
    case .order, .bazaarFee: .capture
    case .sponsoredPost: .captureAd
    case .walletTopup: .captureTopUp
    }
  }

  /// What is credited with what was bought.
  func sales(of seller: ID?) -> Account {
    switch self {
    case .order: .sales(of: seller)
    case .sponsoredPost: .sponsoredPosts
    case .walletTopup: .wallet
    case .bazaarFee: .bazaar
    }
  }
}

extension Journal {
  /// The money of a payment, and whom it belongs to.
  static func capture(
    _ purpose: Purpose = .order, payment: ID, number: String, wallet: Int, lines: [(seller: ID?, amounts: Amounts)]
  ) -> Journal {
    let sum = lines.map(\.amounts).sum()
    let sales = lines.map { (purpose.sales(of: $0.seller), -$0.amounts.merchandise) }
    return Journal(
      purpose.capture, Reference(type: "payment", id: payment), "Payment \(number)",
      [
        (.xendit, sum.total - wallet), (.wallet, wallet),
        (.platformDiscount, sum.platformDiscount + sum.shippingDiscount),
        (.courier, -(sum.shipping + sum.shippingDiscount)), (.tax, -sum.tax), (.buyerFee, -sum.fee),
      ] + sales)
  }

  /// Money that arrived and belongs to no open payment.
  static func unapplied(_ amount: Int, _ reference: Reference, _ description: String) -> Journal {
    Journal(.unapplied, reference, description, [(.xendit, amount), (.suspense, -amount)])
  }
}
