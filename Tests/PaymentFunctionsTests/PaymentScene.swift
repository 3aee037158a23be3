import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import PaymentFunctions

/// The bundle on a database of its own, beside a provider that the test plays.
struct PaymentScene: Sendable {
  let payment: BundleUnderTest
  let xendit = FakeXendit()
  let buyer = sampleID(1)
  let seller = sampleID(2)

  static func run(_ body: @escaping @Sendable (PaymentScene) async throws -> Void) async throws {
    try await withBundle("payment", Payment.self) { payment in
      let scene = PaymentScene(payment: payment)
      let xendit = scene.xendit
      payment.on("xendit") { try xendit.answer($0) }
      try await body(scene)
    }
  }

  /// A request for orders of so much merchandise each, with an order's number as its place.
  func request(_ merchandise: Int..., shipping: Int = 0) -> JSON {
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
      "userId": .string(buyer.description), "orders": .array(orders),
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
