import FaultTesting
import FunctionKit

/// What shoppers do: create a payment, pay it or not, press twice, pay too late, and repeat what got no answer.
enum Shopping {
  static let upstreams: [String: UpstreamFaults] = [
    "xendit": .calls(to: "sandbox"), "merchant": .deliveries(to: .gateway),
  ]
  static let bundles = ["payment", "notification", "sandbox"]

  @Sendable static func shop(_ world: World) async throws {
    let order = Order(world)
    async let other = world.oneIn(6) ? create(order, key: "again:\(order.id)", world) : nil
    let page = try await create(order, key: "checkout:\(order.id)", world)
    _ = try await other
    guard let page, world.isCalm || !world.oneIn(6) else { return }
    if world.isCalm || !world.oneIn(8) { return try await press("\(page)/pay", world) }
    try await press("\(page)/expire", world)
    try await press("\(page)/pay?late=true", world)
  }

  /// One payment from its creation until its payer has been told.
  @Sendable static func payOne(_ world: World) async throws {
    try await press("\(insistOnPage(of: Order(world), world))/pay", world)
  }

  /// One payment that nobody pays, until it expires.
  @Sendable static func leaveOne(_ world: World) async throws {
    _ = try await insistOnPage(of: Order(world), world)
    try await world.advanceClock(seconds: 25 * 3600)
  }

  struct Order: Sendable {
    let id: ID
    let user: ID
    var amount: Int
    /// Nil for the house brand.
    var seller: ID?
    var wallet = 0

    init(_ world: World) { (id, user, amount) = (world.newID(), world.newID(), world.random(in: 10_000...900_000)) }

    init(_ world: World, of user: ID, _ amount: Int, wallet: Int) {
      (id, self.user, self.amount, self.wallet) = (world.newID(), user, amount, wallet)
    }

    private var line: JSON {
      var line = JSONObject([("merchandiseAmount", .number(JSONNumber(amount)))])
      if let seller {
        line["sellerId"] = .string(seller.description)
        line["sellerUserId"] = .string(user.description)
      }
      return .object(line)
    }

    var body: JSON {
      [
        "userId": .string(user.description), "customer": ["name": "Pembeli"],
        "walletAmount": .number(JSONNumber(wallet)),
        "orders": [
          [
            "orderId": .string(id.description), "orderNumber": "ORD",
            "lines": [line],
          ]
        ],
      ]
    }
  }

  /// - Returns: the path of the page to pay on; nil when the shopper has given up.
  static func create(_ order: Order, key: String, _ world: World) async throws -> String? {
    let reply = try await world.post("payment", "/create", body: order.body, headers: HTTP.service, key: key)
    guard let reply else { return nil }
    // One that could not be opened (202) is opened by a job; one that was paid meanwhile is refused (409).
    guard [200, 201, 202, 409].contains(reply.status) else { throw TestFailure("refused: \(reply.text)") }
    guard let url = reply.data["invoice"]?["url"]?.string else { return nil }
    return url.firstRange(of: "/web/").map { String(url[$0.lowerBound...]) }
  }

  /// Asks again under new keys, with time for the jobs in between, until there is a page: time of the host's clock, at
  /// which jobs fall due, and time on the wall, which a job takes that catches up with a day's schedule or a lost session.
  static func insistOnPage(of order: Order, _ world: World) async throws -> String {
    for attempt in 1...150 {
      if let page = try await create(order, key: "checkout:\(order.id):\(attempt)", world) { return page }
      try await world.advanceClock(seconds: 60)
      try await world.pause(.milliseconds(200))
    }
    throw TestFailure("order \(order.id) gets no invoice")
  }

  static func press(_ path: String, _ world: World) async throws {
    guard let reply = try await world.post("sandbox", path, patience: .seconds(60)) else {
      throw TestFailure("the sandbox does not answer \(path)")
    }
    guard [303, 409].contains(reply.status) else { throw TestFailure("\(path) is refused: \(reply.text)") }
  }
}
