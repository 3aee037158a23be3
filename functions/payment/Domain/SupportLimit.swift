import FunctionKit

/// How much support may let go back at once, in rupiah.
enum SupportLimit {
  static let most = 1_000_000

  /// - Throws: ``Problem`` 403 `over_limit`.
  static func require(_ amount: Int, of caller: Caller) throws {
    let isFinance = !caller.roles.isDisjoint(with: [.financeAdmin, .admin])
    guard isFinance || amount <= most else {
      throw Problem(403, "over_limit", "Support decides about refunds up to Rp \(most); ask finance.")
    }
  }
}
