import FaultTesting
import FunctionKit

/// The whole way of a seller's money: bought, paid, received, settled on Monday, withdrawn, at the bank.
enum Selling {
  static let bundles = ["payment", "wallet", "notification", "sandbox"]

  @Sendable static func sellOne(_ world: World) async throws {
    let seller = Seller(world)
    let order = Shopping.Order(world, seller: seller.id, user: seller.user)
    try await Shopping.press("\(Shopping.insistOnPage(of: order, world))/pay", world)
    try await receive(order, from: seller, world)
    let account = try await nameAccount(of: seller, world)
    try await untilMonday(seller, world)
    try await withdraw(order.amount / 2, of: seller, to: account, world)
  }

  struct Seller: Sendable {
    let id: ID
    let user: ID

    init(_ world: World) { (id, user) = (world.newID(), world.newID()) }
  }

  /// The buyer has it: what was sold becomes what is owed.
  private static func receive(_ order: Shopping.Order, from seller: Seller, _ world: World) async throws {
    let path = "/internal/commissions/order/\(order.id)/complete"
    let body: JSON = ["sellerId": .string(seller.id.description)]
    try await untilDone("order \(order.id) is received", world) {
      try await world.insist("payment", "PUT", path, headers: HTTP.service, body: body)?.status == 200
    }
  }

  private static func nameAccount(of seller: Seller, _ world: World) async throws -> JSON {
    let body: JSON = ["channelCode": "ID_BCA", "accountNumber": "1080012345", "accountHolder": "Toko"]
    let headers = HTTP.user(seller.user.description)
    try await untilDone("seller \(seller.id) has an account", world) {
      // Refused when the answer to the first one was lost.
      let reply = try await world.post("wallet", "/bank-accounts", body: body, headers: headers)
      return reply.map { [201, 409].contains($0.status) } ?? false
    }
    let accounts = try await world.insist("wallet", "GET", "/bank-accounts", headers: headers, patience: .seconds(20))
    guard let id = accounts?.data[0]?["id"] else { throw TestFailure("seller \(seller.id) has no account") }
    return id
  }

  /// Lets days pass until the settlement's money is in the wallet.
  private static func untilMonday(_ seller: Seller, _ world: World) async throws {
    let headers = HTTP.user(seller.user.description)
    for _ in 0..<60 {
      let wallet = try await world.insist("wallet", "GET", "/wallet?kind=seller", headers: headers)
      if let cash = wallet?.data["cash"]?.int, cash > 0 { return }
      try await world.advanceClock(seconds: 6 * 3600)
      try await world.pause(.milliseconds(100))
    }
    throw TestFailure("seller \(seller.id) is never paid")
  }

  private static func withdraw(_ amount: Int, of seller: Seller, to account: JSON, _ world: World) async throws {
    let body: JSON = ["kind": "seller", "amount": .number(JSONNumber(amount)), "bankAccountId": account]
    try await untilDone("seller \(seller.id) withdraws", world) {
      let reply = try await world.post(
        "wallet", "/withdrawals", body: body, headers: HTTP.user(seller.user.description), key: "once")
      if let reply, reply.status != 201 { throw TestFailure("a withdrawal is refused: \(reply.text)") }
      return reply != nil
    }
  }

  private static func untilDone(_ what: String, _ world: World, _ attempt: () async throws -> Bool) async throws {
    for _ in 0..<40 {
      if try await attempt() { return }
      try await world.advanceClock(seconds: 60)
    }
    throw TestFailure("never so: \(what)")
  }
}
