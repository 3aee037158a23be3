import FunctionKit

/// Lists how one can pay, for a page that lets the buyer choose.
struct ListChannels: Endpoint {
  struct Input: Decodable {
    /// Leaves out what can't collect this much.
    var amount: Int?
  }

  struct Channel: Codable, Sendable {
    var code: String
    var kind: String
    var name: String
    var minAmount: Int
    var maxAmount: Int
  }

  func handle(_ input: Input, context: Context) async throws -> [Channel] {
    try await context.db.all(
      """
      select code, kind, name, min_amount, max_amount from payment_channel
      where enabled and (\(input.amount)::bigint is null or \(input.amount) between min_amount and max_amount)
      order by sort
      """)
  }
}
