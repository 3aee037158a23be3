import FunctionKit

/// Money was put into an account.
struct DepositTaken: Event {
  static let type = "deposit.taken"

  var account: Int
  var amount: Int

  var subject: String { "\(account)" }
}
