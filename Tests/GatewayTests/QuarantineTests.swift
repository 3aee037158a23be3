import FunctionKit
import Gateway
import PlatformTesting
import Postgres
import Runtime
import Testing

private struct Greet: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> String { "hello" }
}

private struct Wave: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> String { "bye" }
}

private let till = BundleSource(
  "till",
  """
  needs: { secrets: [XENDIT_CALLBACK_TOKEN] }
  endpoints:
    Greet: { route: POST /greet, access: public }
    Wave:  { route: POST /wave, access: public }
  webhooks:
    Paid: { route: POST /webhooks/paid, verify: xendit }
  """, [.endpoint(Greet.self), .endpoint(Wave.self), .webhook(Paid.self)])

private let token = [("x-callback-token", "callback-token")]
private let delivery = #"{"id":"1","amount":5}"#

@Suite struct `A function in quarantine` {
  @Test(arguments: [Door.gateway, .service("till")])
  func `is answered for with 503, and its neighbours answer themselves`(door: Door) async throws {
    try await withPlatform([till]) { platform in
      platform.services.quarantine.set([Quarantine.Entry(bundle: "till", function: "Greet")])
      let reply = try await platform.post("/greet", to: door)
      #expect(reply.status == 503 && reply.code == "function_quarantined")
      #expect(reply["retry-after"] == "60" && reply["x-request-id"] != nil)
      #expect(reply.json["detail"]?.string?.contains("Try again in a minute") == true)
      #expect(try await platform.post("/wave", to: door).status == 200)
      let runs = try platform.logEntries(of: "Greet")
      #expect(runs.isEmpty)
      platform.services.quarantine.set([])
      let greeting = try await platform.post("/greet", to: door).data
      #expect(greeting?.string == "hello")
    }
  }

  @Test func `is known by its bundle, too`() async throws {
    try await withPlatform([till]) { platform in
      platform.services.quarantine.set([Quarantine.Entry(bundle: "shop", function: "Greet")])
      let reply = try await platform.post("/greet")
      #expect(reply.status == 200)
    }
  }

  @Test func `has its webhook deliveries verified, stored and acknowledged, each once`() async throws {
    try await withPlatform([till]) { platform in
      platform.services.quarantine.set([Quarantine.Entry(bundle: "till", function: "Paid")])
      #expect(try await platform.post("/webhooks/paid", to: .gateway, [], delivery).status == 401)
      let first = try await platform.post("/webhooks/paid", to: .gateway, token, delivery)
      #expect(first.status == 200 && first.text == #"{"received":true}"#)
      let again = try await platform.post("/webhooks/paid", to: .gateway, token, delivery)
      #expect(again.status == 200 && again.text == #"{"received":true,"duplicate":true}"#)
      #expect(try await platform.one("select count(*) from lakoo.pending where function = 'Paid'") == 1)
    }
  }

  @Test(arguments: Way.allCases)
  func `is no different for another function that calls it`(way: Way) async throws {
    try await withPlatform([front, stock], way.setting) { platform in
      platform.services.quarantine.set([Quarantine.Entry(bundle: "stock", function: "Reserve")])
      let call = #"{"method":"POST","path":"/internal/reserve","body":{"id":"a","quantity":3}}"#
      let outcome = try await platform.ask(call)
      #expect(outcome["status"]?.int == 503 && outcome["code"]?.string == "function_quarantined")
      #expect(try await platform.one("select count(*) from note") == 0)
      platform.services.quarantine.set([])
      let later = try await platform.ask(call)
      #expect(later["value"]?.int == 3)
    }
  }
}
