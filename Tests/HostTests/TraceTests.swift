import EventLoop
import FaultTesting
import Foundation
import FunctionKit
import LoopTesting
import TelemetryTesting
import Testing

/// Traces of a whole host: over real sockets, through workers, outboxes and webhooks, to a collector.
@Suite(.serialized) struct `The traces of a host` {
  private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
  private static let payer = "018f2f5e-7b1a-7c3d-9e4f-0123456789ab"

  /// Runs the body, which blocks, beside a collector.
  private func withCollector(_ body: @escaping @Sendable (FakeCollector) throws -> Void) async throws {
    try await withLoop { loop in
      let collector = try FakeCollector(loop)
      let outcome: Result<Void, any Error> = await withCheckedContinuation { continuation in
        LoopTesting.Thread { continuation.resume(returning: Result { try body(collector) }) }.start()
      }
      await collector.close()
      try outcome.get()
    }
  }

  @Test func `go from a request over its events to all that comes of them`() async throws {
    try await withCollector { collector in
      let copy = try ProjectCopy()
      let host = try RunningHost(root: copy.root, environment: ["OTEL_EXPORTER_OTLP_ENDPOINT": collector.url])
      defer { host.cleanUp() }
      try host.start()
      let order = "018f2f5e-0000-7000-8000-000000000001"
      let body = """
        {"userId":"\(Self.payer)","orders":[{"orderId":"\(order)","orderNumber":"ORD-1","lines":[
          {"sellerId":"018f2f5e-0000-7000-8000-0000000000aa","merchandiseAmount":250000,"shippingAmount":20000}]}],
         "customer":{"name":"Pembeli"}}
        """
      let headers = ["idempotency-key": "checkout:\(order)"].merging(HTTP.service) { $1 }
      let created = try HTTP.send(host.port(.payment), "POST", "/create", headers: headers, body: body)
      #expect(created.status == 201)
      let url = try #require(created.data["invoice"]?["url"]?.string)
      let pay = try #require(URL(string: url)).path + "/pay"
      let traceparent = ["traceparent": "00-\(Self.trace)-00f067aa0ba902b7-01"]
      #expect(try HTTP.send(host.port(.sandbox), "POST", pay, headers: traceparent).status == 303)
      try waitUntil("the payer is told", seconds: 30) {
        collector.spans.contains { $0.trace == Self.trace && $0.name == "notification/NotifyPaymentPaid" }
      }
      #expect(host.stop() == 0)
      try Self.checkChain(collector.spans.filter { $0.trace == Self.trace })
      #expect(collector.resources.allSatisfy { $0["attributes"]?[0]?["value"]?["stringValue"]?.string == "lakoo" })
    }
  }

  /// From the last to the first, each is the part of one that is there.
  private static func checkChain(_ spans: [CollectedSpan]) throws {
    var span = try #require(spans.first { $0.name == "notification/NotifyPaymentPaid" })
    #expect(span.kind == 5 && span.links == [span.parent ?? ""])
    var names: [String] = []
    while span.parent != "00f067aa0ba902b7" {
      let parent = span.parent
      span = try #require(spans.first { $0.id == parent }, "\(names) has a parent that nobody sent")
      names.append(span.name)
    }
    #expect(
      names.filter { $0.contains("/") && !$0.contains(" ") } == [
        "payment/XenditInvoiceWebhook", "sandbox/DeliverWebhook", "sandbox/PayAtCheckout",
      ], "\(names)")
    #expect(names.contains { $0.hasPrefix("POST /webhooks/") } && names.last?.hasPrefix("POST /") == true)
    #expect(spans.contains { $0["db.query.text"]?.contains("insert") == true })
  }

  @Test func `leave a host alone when nobody takes them`() async throws {
    try await withCollector { collector in
      collector.become(.sleeps)
      let host = try RunningHost(
        root: RunningHost.projectRoot() + "/Tests/CrashFunctions",
        environment: ["OTEL_EXPORTER_OTLP_ENDPOINT": collector.url])
      defer { host.cleanUp() }
      try host.start()
      for _ in 0..<50 { #expect(try HTTP.send(host.port(.crash), "POST", "/add").status == 200) }
      try waitUntil("spans are on their way") { collector.batchCount > 0 }
      for _ in 0..<50 { #expect(try HTTP.send(host.port(.crash), "POST", "/add").status == 200) }
      #expect(host.stop() == 0)
      #expect(host.output.contains("spans of traces were lost"))
    }
  }

  @Test(arguments: [
    ("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4317"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
    ("OTEL_TRACES_SAMPLER_ARG", "10%"),
  ])
  func `are refused where they can't go`(variable: String, value: String) throws {
    let host = try RunningHost(environment: [variable: value])
    defer { host.cleanUp() }
    let outcome = try host.run(["check"], [variable: value])
    #expect(outcome.status == 2 && outcome.output.contains("\(variable) is '\(value)'"))
  }
}
