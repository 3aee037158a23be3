import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import PaymentFunctions

/// The bundle beside a provider that pays out when the test lets it.
struct PayoutScene: Sendable {
  let payment: BundleUnderTest
  let bank = FakeBank()
  let reference = sampleID(7)

  static func run(_ body: @escaping @Sendable (PayoutScene) async throws -> Void) async throws {
    try await withBundle("payment", Payment.self) { payment in
      let scene = PayoutScene(payment: payment)
      let bank = scene.bank
      payment.on("xendit") { try bank.answer($0) }
      try await body(scene)
    }
  }

  /// Asks for 1,250,000 to BCA, or for what is said instead.
  @discardableResult
  func create(_ changes: [(String, JSON)] = [], key: String = "k") async throws -> TestReply {
    var body: JSONObject = [
      "kind": "withdrawal", "referenceId": .string(reference.description), "amount": 1_250_000,
      "channelCode": "ID_BCA", "accountNumber": "0123456789", "accountHolder": "Budi Santoso",
    ]
    for (name, value) in changes { body[name] = value }
    return try await payment.call("CreatePayout", body: .object(body), caller: .service, key: key)
  }

  /// Delivers the provider's word about its latest payout, or about one of before.
  func deliver(_ status: String, failure: String? = nil, of index: Int? = nil) async throws {
    let payouts = bank.payouts
    var data = JSONObject(payouts[index ?? payouts.count - 1].map { ($0.key, $0.value) })
    data["status"] = .string(status)
    if let failure { data["failure_code"] = .string(failure) }
    let body: JSON = ["event": .string("payout.\(status.lowercased())"), "data": .object(data)]
    try await payment.receive("XenditPayoutWebhook", body: body)
  }

  func retry() async throws -> TestReply {
    let ids = try await payment.query("select id::text from payout", as: String.self)
    return try await payment.call(
      "RetryPayout", path: [("id", ids[0])],
      caller: Caller(userID: sampleID(9), role: .financeAdmin, isPrivileged: true))
  }

  func wait(_ duration: Duration) { payment.clock.advance(by: duration) }

  func status() async throws -> [String] { try await payment.query("select status from payout", as: String.self) }

  /// What was announced: the type, and the failure with whether it had arrived.
  func told() async throws -> [String] {
    try await payment.events().map { event in
      let code = event.data["failureCode"]?.string.map { " \($0)" } ?? ""
      return event.type + code
        + (event.type == "payout.failed" && event.data["wasCompleted"] == true ? " after all" : "")
    }
  }

  func inbox() async throws -> [String] {
    try await payment.query("select status from webhook_inbox order by created_at", as: String.self)
  }

  /// The balance of every account that moved and is not level, which sum to nothing.
  func balances() async throws -> [String: Int] {
    struct Balance: Decodable {
      var code: String
      var amount: Int
    }
    let rows: [Balance] = try await payment.query(
      """
      select account.code, sum(entry.amount)::bigint as amount
      from transaction_ledger_entry entry join ledger_account account on account.id = entry.account_id
      group by account.code having sum(entry.amount) <> 0
      """)
    #expect(rows.map(\.amount).reduce(0, +) == 0)
    return Dictionary(uniqueKeysWithValues: rows.map { ($0.code, $0.amount) })
  }
}
