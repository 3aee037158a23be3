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

  /// Keeps what it is told, and acknowledges unless told not to.
  final class Merchant: Sendable {
    private let state = Mutex((status: 200, requests: [UpstreamRequest]()))

    var requests: [UpstreamRequest] { state.withLock { $0.requests } }
    func answer(with status: Int) { state.withLock { $0.status = status } }

    func take(_ request: UpstreamRequest) -> UpstreamResponse {
      state.withLock { state in
        state.requests.append(request)
        return UpstreamResponse(status: state.status, headers: [], body: [])
      }
    }
  }

  static func run(_ body: @escaping @Sendable (SandboxScene) async throws -> Void) async throws {
    try await withBundle("sandbox", Sandbox.self) { sandbox in
      let scene = SandboxScene(sandbox: sandbox)
      let merchant = scene.merchant
      sandbox.on("merchant") { merchant.take($0) }
      try await body(scene)
    }
  }

  static let key = ["authorization": "Basic " + base64(Array("test-XENDIT_SECRET_KEY:".utf8))]

  func api(
    _ function: String, path: [(name: String, value: String)] = [], query: [(name: String, value: String)] = [],
    body: JSON? = nil
  ) async throws -> TestReply {
    try await sandbox.call(function, path: path, query: query, body: body, headers: Self.key)
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

  /// Runs the webhook deliveries of all events so far.
  func deliver() async throws {
    for event in try await sandbox.events() {
      try await sandbox.handle("DeliverInvoiceWebhook", type: event.type, data: event.data)
    }
  }

  func wait(_ duration: Duration) { sandbox.clock.advance(by: duration) }
}
