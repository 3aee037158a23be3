import FunctionKit

/// What the provider keeps of a payment or takes for a payout, and when money that came in may be spent. The rates are
/// this sandbox's own.
struct Fees: Sendable, Equatable {
  var fee: Int
  /// 11 % of the fee, a fraction of a rupiah for the state.
  var tax: Int { (fee * 11 + 99) / 100 }

  static let none = Fees(fee: 0)
  static let payout = Fees(fee: 2_500)

  static func of(_ amount: Int, _ group: PaymentMethod.Group) -> Fees {
    switch group {
    case .bank: Fees(fee: 4_000)
    case .retail: Fees(fee: 5_000)
    case .qrCode: Fees(fee: amount * 70 / 10_000)
    case .ewallet: Fees(fee: amount * 150 / 10_000)
    case .directDebit: Fees(fee: amount * 190 / 10_000)
    case .paylater: Fees(fee: amount * 230 / 10_000)
    case .card: Fees(fee: amount * 290 / 10_000 + 2_000)
    }
  }

  /// Days are days here, whether banks are open or not.
  static func settling(_ method: PaymentMethod) -> Duration {
    switch method.group {
    case .bank: .hours(method.code == "BCA" ? 24 : 0)
    case .ewallet, .qrCode, .directDebit: .hours(48)
    case .card, .retail: .hours(120)
    case .paylater: .hours(24)
    }
  }
}
