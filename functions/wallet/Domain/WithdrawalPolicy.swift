import FunctionKit

/// How much may be withdrawn, how often, and what a person has to look at first. Rupiah.
enum WithdrawalPolicy {
  static let amounts = 10_000...50_000_000
  static let fee = 0
  static let perDay = 3
  static let autoMinimum = 50_000
  /// How long an account is new.
  static let newAccount: Duration = .hours(24)

  private static let unreviewed = 5_000_000
  private static let unreviewedToNewAccount = 1_000_000

  /// - Returns: nil when nobody has to look at it.
  static func reviewReason(_ amount: Int, accountUsableFrom: Instant, at now: Instant) -> String? {
    if amount > unreviewed { return "amount" }
    return amount > unreviewedToNewAccount && now < accountUsableFrom ? "new_account" : nil
  }
}
