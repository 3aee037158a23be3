import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import PaymentFunctions

/// The bundle on a database of its own, beside a provider that the test plays.
struct PaymentScene: Sendable {
  let payment: BundleUnderTest
  let xendit = FakeXendit()
  let wallet = FakeWallet()
  let buyer = sampleID(1)
  let seller = sampleID(2)
  let order = sampleID(100)

  static func run(_ body: @escaping @Sendable (PaymentScene) async throws -> Void) async throws {
    try await withBundle("payment", Payment.self) { payment in
      let scene = PaymentScene(payment: payment)
      let xendit = scene.xendit
      payment.on("xendit") { try xendit.answer($0) }
      let wallet = scene.wallet
      payment.on(service: "wallet") { try wallet.answer($0) }
      payment.on(service: "payment") { try await scene.answerItself($0) }
      try await body(scene)
      try await scene.expectShownAsTheyAre()
    }
  }

  /// The bundle's own call to itself, as the host would carry it out.
  private func answerItself(_ call: ReceivedCall) async throws -> JSON {
    let path = call.path.split(separator: "/").map(String.init)
    guard call.method == "POST", path.count == 3, path[0] == "payments", path[2] == "sync" else {
      throw Problem.notFound("route")
    }
    let reply = try await payment.call("SyncPayment", path: [("id", path[1])], caller: .service)
    guard reply.status < 400 else { throw Problem(reply.status, reply.code ?? "", "refused") }
    return reply.data
  }

  /// A request for orders of so much merchandise each, with an order's number as its place.
  func request(_ merchandise: Int..., shipping: Int = 0, wallet: Int = 0) -> JSON {
    let orders = merchandise.enumerated().map { index, amount -> JSON in
      [
        "orderId": .string(sampleID(100 + index).description), "orderNumber": .string("ORD-\(index)"),
        "lines": [
          [
            "sellerId": .string(seller.description), "merchandiseAmount": .number(JSONNumber(amount)),
            "shippingAmount": .number(JSONNumber(index == 0 ? shipping : 0)),
          ]
        ],
      ]
    }
    return [
      "userId": .string(buyer.description), "orders": .array(orders), "walletAmount": .number(JSONNumber(wallet)),
      "customer": ["name": "Sari", "email": "sari@contoh.test"],
    ]
  }

  @discardableResult
  func create(_ request: JSON, key: String = "k") async throws -> TestReply {
    try await payment.call("CreatePayment", body: request, caller: .service, key: key)
  }

  /// Delivers the provider's word about its latest invoice.
  func deliver(
    _ status: String, paid: Int? = nil, money: String? = "ewc_1", changes: [(String, JSON)] = []
  ) async throws {
    var body = JSONObject(xendit.invoices.last?.map { ($0.key, $0.value) } ?? [])
    body["status"] = .string(status)
    if status != "EXPIRED" {
      body["paid_amount"] = paid.map { .number(JSONNumber($0)) } ?? body["amount"]
      body["payment_id"] = money.map(JSON.string)
      body["payment_channel"] = "DANA"
    }
    for (name, value) in changes { body[name] = value }
    try await payment.receive("XenditInvoiceWebhook", body: .object(body))
  }

  /// Delivers the provider's word about its latest refund.
  func deliverRefund(_ event: String, changes: [(String, JSON)] = [], nested: Bool = false) async throws {
    var refund = JSONObject(xendit.refunds.last?.map { ($0.key, $0.value) } ?? [])
    refund["status"] = event == "refund.succeeded" ? "SUCCEEDED" : "FAILED"
    if event == "refund.failed" { refund["failure_code"] = "REFUND_FAILED" }
    for (name, value) in changes { refund[name] = value }
    let data = JSON.object(refund)
    try await payment.receive(
      "XenditRefundWebhook", body: ["event": .string(event), "data": nested ? ["data": data] : data])
  }

  /// A paid order of one line.
  /// - Parameter by: the channel in the provider's words.
  func pay(
    _ merchandise: Int, discount: Int = 0, shipping: Int = 0, tax: Int = 0, by channel: String = "DANA"
  ) async throws {
    try await pay([line(merchandise, discount: discount, shipping: shipping, tax: tax)], by: channel)
  }

  func pay(_ lines: [JSON], by channel: String = "DANA") async throws {
    var request = try #require(request(0).object)
    request["orders"] = [
      ["orderId": .string(order.description), "orderNumber": "ORD-0", "lines": .array(lines)]
    ]
    try await create(.object(request))
    try await deliver("PAID", changes: [("payment_channel", .string(channel))])
  }

  /// One seller's part of an order.
  func line(
    _ merchandise: Int, discount: Int = 0, shipping: Int = 0, tax: Int = 0, of seller: ID? = sampleID(2)
  ) -> JSON {
    [
      "sellerId": seller.map { .string($0.description) } ?? .null,
      "merchandiseAmount": .number(JSONNumber(merchandise)),
      "platformDiscount": .number(JSONNumber(discount)), "shippingAmount": .number(JSONNumber(shipping)),
      "taxAmount": .number(JSONNumber(tax)),
    ]
  }

  /// Asks for a refund of the order, as order's service does unless somebody else is named.
  @discardableResult
  func refund(
    _ reason: String, _ more: [(String, JSON)] = [], by caller: Caller = .service, key: String = "r"
  ) async throws -> TestReply {
    var body = JSONObject([("orderId", .string(order.description)), ("reason", .string(reason))])
    for (name, value) in more { body[name] = value }
    return try await payment.call("CreateRefund", body: .object(body), caller: caller, key: key)
  }

  func pay(_ orders: [ID], _ more: [(String, JSON)] = [], by user: ID? = nil, key: String = "p") async throws
    -> TestReply
  {
    var body = JSONObject([("orderIds", .array(orders.map { .string($0.description) }))])
    for (name, value) in more { body[name] = value }
    return try await payment.call("PayMyOrders", body: .object(body), caller: .user(user ?? buyer), key: key)
  }

  /// Pays what came to nothing, or asks after it.
  func act(_ function: String, on id: JSON?, body: JSON? = nil, by caller: Caller? = nil) async throws -> TestReply {
    try await payment.call(function, path: [("id", id?.string ?? "")], body: body, caller: caller ?? .user(buyer))
  }

  func cancelOrder(wasShipped: Bool = false) async throws {
    try await payment.handle(
      "CancelPaymentOnOrderCancelled", type: "order.cancelled",
      data: ["orderId": .string(order.description), "wasShipped": .bool(wasShipped)])
  }

  func refundStatuses() async throws -> [String] {
    try await payment.query("select status from refund order by id", as: String.self)
  }

  /// Lets time go by.
  func wait(_ duration: Duration) { payment.clock.advance(by: duration) }

  func statuses() async throws -> [String] {
    try await payment.query("select status from payment order by reference_id, created_at", as: String.self)
  }

  func eventTypes() async throws -> [String] { try await payment.events().map(\.type) }

  /// The balance of every account that moved, which sum to nothing.
  func balances() async throws -> [String: Int] {
    struct Balance: Decodable {
      var code: String
      var amount: Int
    }
    let rows: [Balance] = try await payment.query(
      """
      select account.code, sum(entry.amount)::bigint as amount
      from transaction_ledger_entry entry join ledger_account account on account.id = entry.account_id
      group by account.code
      """)
    #expect(rows.map(\.amount).reduce(0, +) == 0)
    return Dictionary(uniqueKeysWithValues: rows.map { ($0.code, $0.amount) })
  }

  func inbox() async throws -> [String] {
    try await payment.query("select status from webhook_inbox order by created_at", as: String.self)
  }
}

extension PaymentScene {
  /// Three paid orders of one bill, of goods less a voucher of 262,328, 89,554 and 122,118, with a fee of 15,746.
  func payThreeOrders() async throws {
    let amounts = [(262_328, 18_000), (89_554, 22_000), (122_118, 15_000)]
    var request = try #require(request(0).object)
    request["orders"] = .array(
      amounts.enumerated().map { index, amount in
        [
          "orderId": .string(sampleID(100 + index).description), "orderNumber": .string("ORD-\(index)"),
          "lines": [line(amount.0 + 10_000, discount: 10_000, shipping: amount.1)],
        ]
      })
    let reply = try await create(.object(request))
    #expect(reply.data["feeTotal"] == 15_746)
    try await deliver("PAID")
  }
}
