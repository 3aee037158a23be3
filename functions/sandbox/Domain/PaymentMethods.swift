/// The ways to pay that the provider has in Indonesia.
struct PaymentMethod: Sendable, Equatable {
  enum Group: String, Sendable, CaseIterable {
    case bank = "BANK_TRANSFER"
    case card = "CREDIT_CARD"
    case qrCode = "QR_CODE"
    case ewallet = "EWALLET"
    case retail = "RETAIL_OUTLET"
    case directDebit = "DIRECT_DEBIT"
    case paylater = "PAYLATER"
  }

  let code: String
  let group: Group

  static let all = [
    list("QRIS", .qrCode),
    list("BCA BNI BSI BRI MANDIRI PERMATA SAHABAT_SAMPOERNA BNC BJB CIMB MUAMALAT", .bank),
    list("OVO DANA SHOPEEPAY LINKAJA GOPAY ASTRAPAY JENIUSPAY NEXCASH", .ewallet),
    list("CREDIT_CARD", .card), list("ALFAMART INDOMARET", .retail),
    list("DD_BRI DD_MANDIRI DD_BCA_KLIKPAY", .directDebit), list("KREDIVO AKULAKU UANGME ATOME", .paylater),
  ].flatMap { $0 }

  static func named(_ code: String) -> PaymentMethod? { all.first { $0.code == code } }

  private static func list(_ codes: String, _ group: Group) -> [PaymentMethod] {
    codes.split(separator: " ").map { PaymentMethod(code: String($0), group: group) }
  }
}
