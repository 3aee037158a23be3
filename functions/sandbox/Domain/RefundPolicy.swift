/// What a channel gives back, and for how long.
struct RefundPolicy: Sendable, Equatable {
  enum Mode: Sendable { case none, full, partial }

  var mode: Mode
  /// Nil for ever.
  var days: Int?

  private static let none = RefundPolicy(mode: .none, days: nil)

  private static let all: [String: RefundPolicy] = [
    "DANA": RefundPolicy(mode: .partial, days: 30), "LINKAJA": RefundPolicy(mode: .full, days: 30),
    "SHOPEEPAY": RefundPolicy(mode: .partial, days: 365), "GOPAY": RefundPolicy(mode: .partial, days: 45),
    "JENIUSPAY": RefundPolicy(mode: .full, days: 0), "QRIS": RefundPolicy(mode: .partial, days: 7),
    "CREDIT_CARD": RefundPolicy(mode: .partial, days: 365), "KREDIVO": RefundPolicy(mode: .full, days: 14),
    "AKULAKU": RefundPolicy(mode: .partial, days: nil),
  ]

  /// Bank transfers and shops give nothing back, and neither do e-wallets without a stored consent.
  static func of(_ channel: String) -> RefundPolicy { all[channel] ?? none }
}
