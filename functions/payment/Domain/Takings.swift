/// How the money received for one invoice falls on its payments.
struct Takings: Sendable, Equatable {
  struct Late: Sendable, Equatable {
    var payment: PaymentRecord
    var amount: Int
  }

  /// Those that become paid.
  var captured: [PaymentRecord] = []
  /// Those that had ended, with the money that goes back.
  var late: [Late] = []
  /// What is more than was asked for.
  var excess = 0

  /// - Returns: nil when a payment still waits and the money is not enough for it.
  init?(of received: Int, for asked: Int, from payments: [PaymentRecord]) {
    captured = payments.filter(\.status.isUnpaid)
    guard !captured.isEmpty else {
      let shares = split(received, by: payments.map(\.gatewayAmount))
      late = zip(payments, shares).filter { $0.1 > 0 }.map { Late(payment: $0, amount: $1) }
      return
    }
    guard received >= asked else { return nil }
    late = payments.filter { !$0.status.isUnpaid }.map { Late(payment: $0, amount: $0.gatewayAmount) }
    excess = received - asked
  }
}
