import FunctionKit

/// One entry of the books, before it is written: debits positive, credits negative, the sum nothing.
struct Journal: Sendable, Equatable {
  enum Kind: String, Sendable {
    case settlement, refund, topup, grant, cashback, expiry
    case hold, release, capture
    case adSpend = "ad_spend"
    case adRefund = "ad_refund"
    case withdrawal
    case withdrawalReversal = "withdrawal_reversal"
    case adjustment
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

extension Journal.Kind {
  /// Where the other side of a wallet's money stands; nil for what stays inside of the wallet.
  var counterpart: Account? {
    switch self {
    case .settlement, .refund, .topup, .capture, .withdrawal, .withdrawalReversal: .clearing
    case .grant, .expiry: .promoCosts
    case .cashback: .cashbackCosts
    case .adSpend, .adRefund: .adSpend
    case .adjustment: .adjustments
    case .hold, .release: nil
    }
  }
}
