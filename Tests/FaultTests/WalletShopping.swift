import FaultTesting
import FunctionKit

/// What shoppers do with their wallets: fill them, and pay some or all of an order from them.
extension Shopping {
  /// One order paid in part from the wallet, and one wholly.
  @Sendable static func payFromWallet(_ world: World) async throws {
    let user = world.newID()
    try await fill(user, 150_000, world)
    let mixed = Order(world, of: user, world.random(in: 150_000...900_000), wallet: 100_000)
    try await press("\(insistOnPage(of: mixed, world))/pay", world)
    let whole = Order(world, of: user, 50_000, wallet: 50_000)
    try await insist("order \(whole.id) is not paid", world) { attempt in
      _ = try await create(whole, key: "checkout:\(whole.id):\(attempt)", world)
      return try await world.value(
        in: "payment",
        "select count(*) from payment where reference_id = \(whole.id) and status = 'paid'") == 1
    }
  }

  /// One order that the wallet is to pay a part of, and that nobody pays.
  @Sendable static func leaveWithWallet(_ world: World) async throws {
    let user = world.newID()
    try await fill(user, 100_000, world)
    _ = try await insistOnPage(of: Order(world, of: user, world.random(in: 150_000...900_000), wallet: 100_000), world)
    try await world.advanceClock(seconds: 25 * 3600)
  }

  static let someTaken = Invariant.some(
    "payments with wallet money", in: "payment", "select count(*) from payment where hold_state = 'taken'")
  static let someReleased = Invariant.some(
    "payments whose wallet money is free again", in: "payment",
    "select count(*) from payment where hold_state = 'released'")

  static let walletInvariants: [Invariant] = [
    .zero(
      "payments with wallet money on its way", in: "payment",
      """
      select count(*) from payment
      where hold_state in ('wanted', 'due', 'releasing') or (hold_state = 'held' and status <> 'awaiting_payment')
      """),
    .equal(
      "money that wallets were asked for, and money that they gave", in: "payment",
      "select coalesce(sum(wallet_amount), 0)::bigint from payment where hold_state = 'taken'", in: "wallet",
      """
      select coalesce(sum(captured_amount), 0)::bigint from wallet_hold
      where purpose = 'payment' and status = 'captured'
      """),
    .equal(
      "holds in wallets, and payments that wait with one", in: "wallet",
      "select count(*) from wallet_hold where status = 'active'", in: "payment",
      "select count(*) from payment where hold_state = 'held'"),
    .zero(
      "payments with more than one hold", in: "wallet",
      "select count(*) from (select from wallet_hold group by reference_id having count(*) > 1) doubled"),
    .equal(
      "the clearing accounts of both sides", in: "payment",
      """
      select coalesce(sum(entry.amount), 0)::bigint from transaction_ledger_entry entry
      join ledger_account account on account.id = entry.account_id where account.code = 'clearing:wallet'
      """, in: "wallet",
      """
      select coalesce(-sum(entry.amount), 0)::bigint from ledger_entry entry
      join ledger_account account on account.id = entry.account_id where account.code = 'clearing:payment'
      """),
    .equal(
      "top-ups that were paid, and top-ups that came", in: "payment",
      "select count(*) from payment where purpose = 'wallet_topup' and status = 'paid'", in: "wallet",
      "select count(*) from topup where status = 'paid'"),
  ]

  /// Tops a wallet up by the provider, and waits until the money is there.
  private static func fill(_ user: ID, _ amount: Int, _ world: World) async throws {
    var page: String?
    try await insist("the top-up of \(user) gets no invoice", world) { _ in
      let reply = try await world.post(
        "wallet", "/wallet/topups", body: ["amount": .number(JSONNumber(amount))], headers: HTTP.user(user.description),
        key: "fill")
      let url = reply?.data["paymentUrl"]?.string
      page = url.flatMap { url in url.firstRange(of: "/web/").map { String(url[$0.lowerBound...]) } }
      return page != nil
    }
    try await press("\(page ?? "")/pay", world)
    try await insist("the top-up of \(user) does not come", world) { _ in
      try await world.value(
        in: "wallet", "select coalesce(sum(cash_balance), 0)::bigint from wallet where user_id = \(user)") >= amount
    }
  }

  /// Tries with time for the jobs in between, as the host's clock and the wall's have it.
  static func insist(
    _ complaint: String, _ world: World, until holds: (Int) async throws -> Bool
  ) async throws {
    for attempt in 1...150 {
      if try await holds(attempt) { return }
      try await world.advanceClock(seconds: 60)
      try await world.pause(.milliseconds(100))
    }
    throw TestFailure(complaint)
  }
}
