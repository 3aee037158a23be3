import FunctionKit

/// What a payment is for.
enum Purpose: String, Codable, SQLValue, Sendable, CaseIterable {
  case order
  case sponsoredPost = "sponsored_post"
  case walletTopup = "wallet_topup"
  case bazaarFee = "bazaar_fee"

  /// What the payer reads on the provider's page.
  var label: String {
    switch self {
    case .order: "Pesanan"
    case .sponsoredPost: "Iklan"
    case .walletTopup: "Isi saldo"
    case .bazaarFee: "Bazar"
    }
  }
}
