import FunctionKit
import Manifest
import PlatformTesting
import Testing

private struct Counted: Event {
  static let type = "till.counted"
  var coins: Int
  var subject: String { "s" }
}

private struct CountCoins: Endpoint {
  struct Input: Decodable { var coins: Int }
  func handle(_ input: Input, context: Context) async throws -> Nothing {
    try await context.emit(Counted(coins: input.coins))
    return Nothing()
  }
}

private let till = BundleSource(
  "till", "endpoints: { CountCoins: { route: POST /coins, access: public, emits: [till.counted] } }",
  [.endpoint(CountCoins.self)])

private let counted = """
  event: till.counted
  producer: till
  external: true
  topic: till.events
  payload: { type: object, required: [coins], properties: { coins: { type: integer, minimum: 1 } } }
  sample: { coins: 1 }
  """

@Suite struct `What is emitted` {
  private func setting() throws -> Setting {
    let event = try #require(parseEvent(yaml: counted, file: "events/till.counted.yaml").manifest)
    var setting = Setting()
    setting.payloadSchemas = [event.name: event.payload]
    return setting
  }

  @Test func `goes out when its schema is satisfied`() async throws {
    try await withPlatform([till], setting()) { platform async throws in
      #expect(try await platform.post("/coins", [], #"{"coins":3}"#).status == 200)
      #expect(try await platform.count("lakoo.outbox") == 1)
    }
  }

  @Test func `is refused at the emit when it is not, and the log says where and why`() async throws {
    try await withPlatform([till], setting()) { platform async throws in
      let reply = try await platform.post("/coins", [], #"{"coins":0}"#)
      #expect(reply.status == 500)
      #expect(reply.json["code"] == "internal_error")
      #expect(try await platform.count("lakoo.outbox") == 0)
      let line = try #require(platform.logLines().last)
      let cause =
        "CountCoins emitted till.counted with data that does not satisfy events/till.counted.yaml: "
        + "$.coins must be 1 or more"
      #expect(line.contains(cause), "\(line)")
    }
  }

  @Test func `is not looked at where there are no schemas, as in production`() async throws {
    try await withPlatform([till]) { platform async throws in
      #expect(try await platform.post("/coins", [], #"{"coins":0}"#).status == 200)
      #expect(try await platform.count("lakoo.outbox") == 1)
    }
  }
}
