import FaultTesting
import FunctionKit

/// What a seller lives through: something is sold and completed, and the week it was sold in is settled and paid out.
enum Selling {
  static let bundles = ["payment", "wallet", "sandbox"]

  /// - Returns: the user who sold something in a week that is over.
  static func sell(_ world: World) async throws -> ID {
    var order = Shopping.Order(world)
    order.seller = world.newID()
    // Enough to be paid out, or what it is paid with the next week would be for another run.
    order.amount += 60_000
    try await Shopping.press("\(Shopping.insistOnPage(of: order, world))/pay", world)
    try await complete(order, world)
    try await world.advanceClock(seconds: 8 * 24 * 3600)
    return order.user
  }

  /// Tells it until it is heard, which it is once the payment is known.
  private static func complete(_ order: Shopping.Order, _ world: World) async throws {
    let body: JSON = ["sellerId": .string(order.seller?.description ?? "")]
    for _ in 1...150 {
      let reply = try? await world.send(
        "payment", "PUT", "/internal/commissions/order/\(order.id)/complete", headers: HTTP.service, body: body)
      if reply?.status == 200 { return }
      try await world.advanceClock(seconds: 60)
      try await world.pause(.milliseconds(200))
    }
    throw TestFailure("the sale of order \(order.id) is not known")
  }

  static let invariants: [Invariant] = settlements + withdrawals

  private static let settlements: [Invariant] = [
    .some("sellers who were paid", in: "payment", "select count(*) from settlement where status = 'completed'"),
    .zero(
      "sales that are not settled", in: "payment",
      "select count(*) from commission_ledger where settlement_id is null or status <> 'collected'"),
    .zero(
      "sales without exactly one line", in: "payment",
      """
      select count(*) from commission_ledger c
      where 1 <> (select count(*) from settlement_line where commission_id = c.id)
      """),
    .zero("weeks left undone", in: "payment", "select count(*) from settlement_batch where status <> 'completed'"),
    .zero(
      "batches that do not come to what their settlements do", in: "payment",
      """
      select count(*) from settlement_batch b where (sellers, net) <> (
        select count(*), coalesce(sum(gross - refunds - commission + adjustments + carry_in), 0)
        from settlement where batch_id = b.id)
      """),
    .zero(
      "settlements without exactly one journal", in: "payment",
      """
      select count(*) from settlement s
      where 1 <> (select count(*) from transaction_ledger where kind = 'settlement' and reference_id = s.id)
      """),
    // Events are kept for two weeks of the host's clock, and each run of a seller takes more than one.
    .zero(
      "settlements announced another number of times than they were paid", in: "payment",
      """
      select count(*) from settlement s, lateral (
        select count(*) from lakoo.outbox where type = 'settlement.completed' and subject = s.id::text) told (times)
      where times > (status = 'completed')::int
        or times = 0 and completed_at > (select max(completed_at) from settlement) - interval '7 days'
      """),
    .zero(
      "transactions that do not balance", in: "payment",
      """
      select count(*) from (
        select from transaction_ledger_entry group by transaction_id having sum(amount) <> 0) unbalanced
      """),
    .equal(
      "what was paid out, and what sellers got", in: "payment",
      "select coalesce(sum(net), 0)::bigint from settlement where status = 'completed'", in: "wallet",
      "select coalesce(sum(amount), 0)::bigint from wallet_transaction where type = 'seller_payout'"),
    .equal(
      "the account between payment and wallet, from both sides", in: "payment",
      """
      select coalesce(-sum(entry.amount), 0)::bigint from transaction_ledger_entry entry
      join ledger_account account on account.id = entry.account_id where account.code = 'clearing:wallet'
      """, in: "wallet",
      """
      select coalesce(sum(entry.amount), 0)::bigint from ledger_entry entry
      join ledger_account account on account.id = entry.account_id where account.code = 'clearing:payment'
      """),
  ]
}
