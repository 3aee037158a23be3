import FunctionKit

/// Which way a refund goes, and how much of it which way.
struct RefundRoute: Sendable, Equatable {
  var method: RefundMethod
  /// By the provider: along the way that the money came, or to a bank account.
  var gatewayPart: Int
  var walletPart: Int
}

/// Where a payment's money came from.
struct MoneyOrigin: Sendable, Equatable {
  /// What its channel can send back; nil for an unknown channel.
  var mode: RefundMode?
  /// From when on the channel sends nothing back; nil for never.
  var closesAt: Instant?
  /// What of the payment came by the provider and has not been sent back by it.
  var gatewayLeft: Int
  /// All that the provider took at once, which a channel that can't send back a part sends back as a whole.
  var charged: Int
  /// Whether some of it went back before.
  var isTouched: Bool
}

extension RefundRoute {
  /// The way that somebody wants; else along the way that the money came where its channel can, or to the wallet. What
  /// came by the provider goes back first, and what the wallet paid goes back to it.
  /// - Throws: ``Problem`` 422 `method_not_available`.
  init(_ amount: Int, by wanted: RefundMethod?, from origin: MoneyOrigin, at now: Instant) throws {
    let outside = min(amount, origin.gatewayLeft)
    let method = wanted ?? (origin.allows(outside, at: now) ? .originalPayment : .wallet)
    let isAvailable =
      switch method {
      case .originalPayment: origin.allows(outside, at: now)
      case .wallet: true
      case .bankTransfer: outside > 0
      }
    guard isAvailable else { throw Problem.methodNotAvailable }
    let gatewayPart = method == .wallet ? 0 : outside
    self.init(method: method, gatewayPart: gatewayPart, walletPart: amount - gatewayPart)
  }
}

extension MoneyOrigin {
  fileprivate func allows(_ amount: Int, at now: Instant) -> Bool {
    guard amount > 0 else { return true }
    if let closesAt, now > closesAt { return false }
    switch mode {
    case .partial: return true
    case .full: return !isTouched && amount == charged
    case .some(.none), nil: return false
    }
  }
}

extension Problem {
  static let methodNotAvailable = Problem(
    422, "method_not_available",
    "This payment's channel can't send that back, or not any more; use the wallet or a bank transfer.")
}
