import FunctionKit

/// Money that is to be returned because no order can keep it.
struct GiveBack: Sendable, Equatable {
  enum Reason: String, SQLValue, Sendable {
    case latePayment = "late_payment"
    case overpayment
    case duplicatePayment = "duplicate_payment"
  }

  enum Method: String, SQLValue, Sendable {
    case originalPayment = "original_payment"
    case wallet
  }

  var reason: Reason
  var amount: Int
  var method: Method

  /// Back along the way it came where the channel can, else to the wallet.
  /// - Parameters:
  ///   - mode: what the channel it came by can return; nil for an unknown channel.
  ///   - isWhole: whether it is all that came.
  static func method(_ reason: Reason, mode: RefundMode?, isWhole: Bool) -> Method {
    guard reason != .overpayment else { return .wallet }
    return mode == .partial || (mode == .full && isWhole) ? .originalPayment : .wallet
  }

  /// What the amount stands for: goods, then tax, shipping and fee, each up to what the payment had; more is goods.
  func parts(of payment: Amounts) -> Amounts {
    var rest = amount
    func take(_ most: Int) -> Int {
      let taken = min(rest, most)
      rest -= taken
      return taken
    }
    var parts = Amounts()
    parts.merchandise = take(payment.goods)
    parts.tax = take(payment.tax)
    parts.shipping = take(payment.shipping)
    parts.fee = take(payment.fee)
    parts.merchandise += rest
    return parts
  }
}

/// What a channel can send back.
enum RefundMode: String, Codable, Sendable { case none, full, partial }
