import FunctionKit

/// Money that is to be returned because no order can keep it.
struct GiveBack: Sendable, Equatable {
  var reason: RefundReason
  var amount: Int
  var method: RefundMethod

  /// Back along the way it came where the channel can, else to the wallet.
  /// - Parameters:
  ///   - mode: what the channel it came by can return; nil for an unknown channel.
  ///   - isWhole: whether it is all that came.
  static func method(_ reason: RefundReason, mode: RefundMode?, isWhole: Bool) -> RefundMethod {
    guard reason != .overpayment else { return .wallet }
    return mode == .partial || (mode == .full && isWhole) ? .originalPayment : .wallet
  }

  /// What the amount stands for: goods, then tax, shipping and fee, each up to what the payment had; more is goods.
  func parts(of payment: Amounts) -> RefundParts {
    var parts = RefundParts.taking(amount, from: payment.refundable)
    parts.merchandise += amount - parts.total
    return parts
  }
}
