import FunctionKit

/// A place in the chart of accounts.
enum Account: Hashable, Sendable {
  case xendit, wallet
  case seller(ID)
  case courier, tax, refunds, payouts, suspense
  case commission, buyerFee, houseSales, sponsoredPosts
  case platformDiscount
  /// What the provider keeps of payments and takes for payouts.
  case gatewayFee, payoutFee
  /// What the platform bears because nobody else can be asked for it.
  case absorbed
  case bazaar

  var code: String {
    switch self {
    case .xendit: "asset:xendit"
    case .wallet: "clearing:wallet"
    case .seller(let id): "liab:seller:\(id)"
    case .courier: "liab:courier"
    case .tax: "liab:tax"
    case .refunds: "liab:refund"
    case .payouts: "liab:payout"
    case .suspense: "liab:suspense"
    case .commission: "rev:commission"
    case .buyerFee: "rev:buyer_fee"
    case .houseSales: "rev:house_sales"
    case .sponsoredPosts: "rev:sponsored_post"
    case .platformDiscount: "exp:platform_discount"
    case .gatewayFee: "exp:gateway_fee"
    case .payoutFee: "exp:payout_fee"
    case .absorbed: "exp:absorbed"
    case .bazaar: "exp:bazaar"
    }
  }

  var kind: String {
    switch self {
    case .xendit: "asset"
    case .wallet: "clearing"
    case .seller, .courier, .tax, .refunds, .payouts, .suspense: "liability"
    case .commission, .buyerFee, .houseSales, .sponsoredPosts: "revenue"
    case .platformDiscount, .gatewayFee, .payoutFee, .absorbed, .bazaar: "expense"
    }
  }

  var owner: ID? {
    if case .seller(let id) = self { id } else { nil }
  }

  /// Whose account goods are credited to; the house sells too.
  static func sales(of seller: ID?) -> Account { seller.map(Account.seller) ?? .houseSales }
}
