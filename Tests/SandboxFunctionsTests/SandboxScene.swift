import FunctionKit
import FunctionTesting
import Runtime
import Synchronization
import Testing

@testable import SandboxFunctions

/// The sandbox on a database of its own, with a merchant that the test plays.
struct SandboxScene: Sendable {
  let sandbox: BundleUnderTest
  let merchant = Merchant()
  private let handled = Progress()

  /// How many events have been handled.
  private final class Progress: Sendable {
    let count = Mutex(0)
  }

  init(_ sandbox: BundleUnderTest) { self.sandbox = sandbox }

  /// Keeps what it is told, and acknowledges unless told not to.
  final class Merchant: Sendable {
    private let state = Mutex((status: 200, requests: [UpstreamRequest]()))

    var requests: [UpstreamRequest] { state.withLock { $0.requests } }
    func answer(with status: Int) { state.withLock { $0.status = status } }

    /// What it was told, in the order in which it came: the event, or an invoice's status.
    var told: [String] {
      requests.compactMap { request in
        guard let body = try? JSON.parse(request.body) else { return nil }
        return body["event"]?.string ?? body["status"]?.string
      }
    }

    func take(_ request: UpstreamRequest) -> UpstreamResponse {
      state.withLock { state in
        state.requests.append(request)
        return UpstreamResponse(status: state.status, headers: [], body: [])
      }
    }
  }

  static func run(_ body: @escaping @Sendable (SandboxScene) async throws -> Void) async throws {
    try await withBundle("sandbox", Sandbox.self) { sandbox in
      let scene = SandboxScene(sandbox)
      let merchant = scene.merchant
      sandbox.on("merchant") { merchant.take($0) }
      try await body(scene)
    }
  }

  static let key = ["authorization": "Basic " + base64Encode(Array("test-XENDIT_SECRET_KEY:".utf8))]

  func api(
    _ function: String, path: [(name: String, value: String)] = [], query: [(name: String, value: String)] = [],
    body: JSON? = nil, key: String? = nil
  ) async throws -> TestReply {
    var headers = Self.key
    headers["idempotency-key"] = key
    return try await sandbox.call(function, path: path, query: query, body: body, headers: headers)
  }

  /// Opens an invoice and gives its id.
  func open(_ externalID: String = "inv_1", amount: Int = 279_250) async throws -> String {
    let reply = try await api(
      "CreateInvoice",
      body: [
        "external_id": .string(externalID), "amount": .number(JSONNumber(amount)), "description": "Pesanan <1>",
        "metadata": ["order": "1"],
      ])
    return try #require(reply.json["id"]?.string)
  }

  func pay(_ id: String, query: [(name: String, value: String)] = []) async throws -> TestReply {
    try await sandbox.call("PayAtCheckout", path: [("id", id)], query: query)
  }

  /// An invoice that was paid.
  func openPaid(by channel: String, amount: Int = 100_000, as externalID: String = "inv_1") async throws -> String {
    let id = try await open(externalID, amount: amount)
    #expect(try await pay(id, query: [("channel", channel)]).status == 303)
    return id
  }

  func refund(_ changes: [(String, JSON)], key: String? = nil) async throws -> TestReply {
    try await api("CreateRefund", body: .object(JSONObject(changes)), key: key)
  }

  func payOut(
    _ amount: Int = 100_000, to account: String = "0123456789", key: String? = "k", changes: [(String, JSON)] = []
  ) async throws -> TestReply {
    var body: JSONObject = [
      "reference_id": "wd-1", "channel_code": "ID_BCA", "amount": .number(JSONNumber(amount)), "currency": "IDR",
      "channel_properties": ["account_number": .string(account), "account_holder_name": "Budi"],
    ]
    for (name, value) in changes { body[name] = value }
    return try await api("CreatePayout", body: .object(body), key: key)
  }

  func set(_ faults: JSON) async throws {
    #expect(try await sandbox.call("SetFaults", body: faults).status == 200)
  }

  /// Runs the handlers of all events that were emitted since the last time, and of those that they emit.
  func deliver() async throws {
    let handlers = [
      "sandbox_webhook.due": "DeliverWebhook", "sandbox_refund.taken": "FinishRefund",
      "sandbox_payout.taken": "FinishPayout",
    ]
    while true {
      let events = try await sandbox.events()
      let begin = handled.count.withLock { $0 }
      guard begin < events.count else { return }
      handled.count.withLock { $0 = events.count }
      for event in events[begin...] {
        try await sandbox.handle(handlers[event.type] ?? event.type, type: event.type, data: event.data)
      }
    }
  }

  /// Lets time go by, and the jobs run.
  func pass(_ duration: Duration) async throws {
    wait(duration)
    for cron in ["ExpireInvoices", "SettleInvoices", "ReversePayouts", "SendDueWebhooks"] {
      try await sandbox.fire(cron)
    }
    try await deliver()
  }

  func wait(_ duration: Duration) { sandbox.clock.advance(by: duration) }
}
