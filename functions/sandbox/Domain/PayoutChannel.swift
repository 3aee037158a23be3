import FunctionKit

/// A bank or an e-wallet that the provider pays out to.
struct PayoutChannel: Sendable {
  enum Category: String, Sendable { case bank = "BANK", ewallet = "EWALLET" }

  var code: String
  var category: Category
  var name: String

  static let minimum = 10_000
  var maximum: Int { category == .bank ? 50_000_000_000 : 20_000_000 }

  static let all =
    list(
      .bank,
      """
      BCA MANDIRI BNI BRI BSI PERMATA CIMB DANAMON PANIN BJB MEGA BNC BTPN BCA_SYR DBS DKI COMMONWEALTH HANA MAYAPADA \
      SINARMAS BUKOPIN CITIBANK CCB SAHABAT_SAMPOERNA MUAMALAT BTPN_SYARIAH
      """) + list(.ewallet, "GOPAY OVO DANA LINKAJA SHOPEEPAY")

  static func named(_ code: String) -> PayoutChannel? { all.first { $0.code == code } }

  private static func list(_ category: Category, _ names: String) -> [PayoutChannel] {
    names.split(separator: " ").map { name in
      PayoutChannel(code: "ID_\(name)", category: category, name: String(name).replacing("_", with: " "))
    }
  }

  var object: JSON {
    [
      "channel_code": .string(code), "channel_category": .string(category.rawValue), "currency": "IDR",
      "channel_name": .string(name),
      "amount_limits": [
        "minimum": .number(JSONNumber(Self.minimum)), "maximum": .number(JSONNumber(maximum)), "minimum_increment": 1,
      ],
    ]
  }
}
