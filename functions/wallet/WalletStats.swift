import FunctionKit

/// What came in and went out of all wallets in some time, by type, and what they hold now.
struct WalletStats: Endpoint {
  struct Input: Decodable {
    /// Thirty days ago unless said.
    var from: Instant?
    /// Not included; now unless said.
    var to: Instant?
  }

  struct Stats: Codable, Sendable {
    var wallets: Int
    var cash: Int
    var promo: Int
    var held: Int
    var movements: [Movement]
  }

  struct Movement: Codable, Sendable {
    var type: TransactionRecord.Kind
    var direction: TransactionRecord.Direction
    var count: Int
    var amount: Int
  }

  private struct Holdings: Decodable {
    var wallets: Int
    var cash: Int
    var promo: Int
    var held: Int
  }

  func handle(_ input: Input, context: Context) async throws -> Stats {
    let to = input.to ?? context.now
    let from = input.from ?? to - .days(30)
    guard from < to, to - from <= .days(366) else {
      throw Problem.invalid("to", "must be after from, by at most 366 days", code: "range")
    }
    let held: Holdings = try await context.db.one(
      """
      select count(*) as wallets, coalesce(sum(cash_balance), 0)::bigint as cash,
        coalesce(sum(promo_balance), 0)::bigint as promo, coalesce(sum(held_balance), 0)::bigint as held
      from wallet
      """)
    let movements: [Movement] = try await context.db.all(
      """
      select type, direction, count(*) as count, sum(amount)::bigint as amount from wallet_transaction
      where created_at >= \(from) and created_at < \(to) group by 1, 2 order by 1, 2
      """)
    return Stats(
      wallets: held.wallets, cash: held.cash, promo: held.promo, held: held.held, movements: movements)
  }
}
