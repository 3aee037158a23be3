import FaultTesting
import FunctionKit

/// What a seller does with what a settlement brought: names an account, and takes all of it out.
extension Selling {
  /// One sale from its creation until its seller's bank has the money.
  @Sendable static func sellAndWithdraw(_ world: World) async throws {
    let seller = try await sell(world)
    let account = try await account(of: seller, world)
    let cash = try await cash(of: seller, world)
    let body: JSON = ["kind": "seller", "amount": .number(JSONNumber(cash)), "bankAccountId": .string(account)]
    try await Shopping.insist("nothing is withdrawn of seller \(seller)", world) { _ in
      // The same key each time: it is one withdrawal, however often it is asked for.
      let reply = try await world.post(
        "wallet", "/withdrawals", body: body, headers: HTTP.user(seller.description), key: "withdraw:\(seller)")
      guard let reply, reply.status < 500 else { return false }
      guard reply.status < 300 else { throw TestFailure("a withdrawal is refused: \(reply.text)") }
      return true
    }
  }

  private static func account(of seller: ID, _ world: World) async throws -> String {
    let body: JSON = ["channelCode": "ID_BCA", "accountNumber": "1234567890", "accountHolder": "Toko"]
    let headers = HTTP.user(seller.description)
    var id: String?
    try await Shopping.insist("seller \(seller) has no account", world) { _ in
      _ = try await world.post("wallet", "/bank-accounts", body: body, headers: headers)
      id = try? await world.send("wallet", "GET", "/bank-accounts", headers: headers).data[0]?["id"]?.string
      return id != nil
    }
    return id ?? ""
  }

  /// What the settlement has brought, once it has.
  private static func cash(of seller: ID, _ world: World) async throws -> Int {
    var cash = 0
    try await Shopping.insist("seller \(seller) is not paid", world) { _ in
      let reply = try? await world.send("wallet", "GET", "/wallet?kind=seller", headers: HTTP.user(seller.description))
      cash = reply?.data["cash"]?.int ?? 0
      return cash > 0
    }
    return cash
  }

  static let withdrawals: [Invariant] = [
    .some("sellers who have their money", in: "wallet", "select count(*) from withdrawal_request"),
    .zero(
      "withdrawals that did not arrive", in: "wallet",
      "select count(*) from withdrawal_request where status <> 'completed'"),
    .zero(
      "sellers who withdrew more than once, or not all", in: "wallet",
      """
      select count(*) from wallet where kind = 'seller' and (cash_balance + held_balance <> 0
        or 1 <> (select count(*) from withdrawal_request where wallet_id = wallet.id))
      """),
    .equal(
      "what wallets gave, and what banks got", in: "wallet",
      "select coalesce(sum(net_amount), 0)::bigint from withdrawal_request", in: "sandbox",
      "select coalesce(sum(amount), 0)::bigint from payout where status = 'SUCCEEDED'"),
    .equal(
      "withdrawals, and payouts at the provider", in: "wallet", "select count(*) from withdrawal_request",
      in: "sandbox", "select count(*) from payout"),
    .equal(
      "payouts at the provider, and payouts in the books", in: "sandbox", "select count(*) from payout", in: "payment",
      "select count(*) from transaction_ledger where kind = 'payout_done'"),
  ]
}
