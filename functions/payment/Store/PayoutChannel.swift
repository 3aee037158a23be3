import FunctionKit

/// A row of `payout_channel`: a bank or an e-wallet that money can go to.
struct PayoutChannel: Decodable, Sendable {
  var name: String
  var enabled: Bool
  var minAmount: Int
  var maxAmount: Int
}

extension Database {
  /// - Throws: ``Problem`` 422 `channel_disabled` or `amount_out_of_range`.
  func requirePayoutChannel(_ code: String, amount: Int) async throws {
    let channel: PayoutChannel? = try await first(
      "select name, enabled, min_amount, max_amount from payout_channel where code = \(code)")
    guard let channel, channel.enabled else {
      throw Problem(422, "channel_disabled", "Nothing can be paid out to \(code) now.")
    }
    guard (channel.minAmount...channel.maxAmount).contains(amount) else {
      throw Problem(
        422, "amount_out_of_range",
        "Rp \(amount) can't be paid out to \(channel.name); it must be \(channel.minAmount) to \(channel.maxAmount).")
    }
  }
}
