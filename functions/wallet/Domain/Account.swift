import FunctionKit

/// A place in the chart of accounts.
enum Account: Hashable, Sendable {
  /// What a wallet's user may spend, may spend on some orders, or has set aside.
  case cash(ID)
  case promo(ID)
  case hold(ID)
  /// What the payment service owes us for money that it has taken; its own books mirror it.
  case clearing
  case adSpend, withdrawalFee
  case promoCosts, cashbackCosts, adjustments

  var code: String {
    switch self {
    case .cash(let wallet): "liab:wallet:\(wallet):cash"
    case .promo(let wallet): "liab:wallet:\(wallet):promo"
    case .hold(let wallet): "liab:wallet:\(wallet):hold"
    case .clearing: "clearing:payment"
    case .adSpend: "rev:ad_spend"
    case .withdrawalFee: "rev:withdrawal_fee"
    case .promoCosts: "exp:promo"
    case .cashbackCosts: "exp:cashback"
    case .adjustments: "exp:adjustment"
    }
  }
}
