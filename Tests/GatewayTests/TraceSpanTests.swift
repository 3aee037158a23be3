import EventLoop
import FunctionKit
import HTTPClient
import LoopTesting
import PlatformTesting
import Telemetry
import TelemetryTesting
import Testing

private let sent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

private struct Inquire: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> String {
    try await context.db.run("select \("hush")::text")
    _ = try await context.http.send(UpstreamRequest("bank", "GET", "/rates?key=hush"))
    try await context.transaction { tx in try await tx.db.run("insert into note values ('a')") }
    return try await context.services.call("shelf", .get, "/count")
  }
}

private struct Count: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> String {
    context.header("tracestate") ?? "none"
  }
}

private struct Wrong: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Nothing {
    try await context.db.run("select 1 / 0")
    return input
  }
}

private let desk = BundleSource(
  "desk",
  """
  needs: { outbound: [bank], services: [shelf] }
  endpoints:
    Inquire: { route: GET /ask, access: public, transaction: none }
    Wrong: { route: POST /wrong, access: public }
  """, [.endpoint(Inquire.self), .endpoint(Wrong.self)])
private let shelf = BundleSource(
  "shelf", "endpoints:\n  Count: { route: GET /count, access: public }", [.endpoint(Count.self)], hasDatabase: false)

/// Runs the body on a platform whose spans a collector of the test gets.
private func withCollector(
  _ setting: Setting = Setting(), ratio: Double = 1,
  _ body: @escaping @Sendable (Platform, FakeCollector) async throws -> Void
) async throws {
  let kept = KeptSpans()
  var setting = setting
  setting.schema = "create table note (id text)"
  setting.upstream = { request in
    for header in request.headers where header.name == "traceparent" { kept.sent.append(header.value) }
    return UpstreamResponse(status: 200, headers: [], body: [])
  }
  setting.tracer = { loop in
    let collector = try FakeCollector(loop)
    kept.collector = collector
    return Tracer(
      loop, Collector(url: collector.url + "/v1/traces", ratio: ratio),
      client: try HTTPClient(loop: loop, allowedOrigins: nil)
    ) { _ in }
  }
  try await withPlatform([desk, shelf], setting) { platform in
    let collector = try #require(kept.collector)
    try await body(platform, collector)
    await collector.close()
  }
}

/// What the test's parts leave for each other, all on one loop.
private final class KeptSpans: @unchecked Sendable {
  var collector: FakeCollector?
  var sent: [String] = []
}

@Suite struct `The spans of a request` {
  @Test(arguments: [false, true])
  func `are one tree, from the client through functions, statements and calls`(isRemote: Bool) async throws {
    var setting = Setting()
    if isRemote { setting.remote = ["shelf": nil] }
    try await withCollector(setting) { platform, collector in
      let headers = [("traceparent", sent), ("tracestate", "vendor=x"), ("tracestate", "other=y")]
      let answer = try await platform.get("/ask?secret=hush", headers)
      #expect(answer.data?.string == "vendor=x,other=y")
      let expected = isRemote ? 9 : 8
      try await platform.until { collector.spans.count == expected }
      let spans = collector.spans
      #expect(spans.allSatisfy { $0.trace == "4bf92f3577b34da6a3ce929d0e0e4736" })
      func one(_ name: String) throws -> CollectedSpan { try #require(spans.first { $0.name == name }, "\(name)") }
      let request = try one("GET /ask")
      #expect(request.parent == "00f067aa0ba902b7" && request.kind == 2 && request["http.route"] == "/ask")
      #expect(request.json["traceState"]?.string == "vendor=x,other=y")
      #expect(request["http.response.status_code"] == "200" && !request.hasFailed)
      let function = try one("desk/Inquire")
      #expect(function.parent == request.id && function["lakoo.outcome"] == "200")
      #expect(answer["traceparent"]?.contains(function.id) == true)
      for name in ["SELECT desk_db", "INSERT desk_db", "COMMIT desk_db", "GET bank", "GET shelf"] {
        let part = try one(name)
        #expect(part.parent == function.id && part.kind == 3, "\(name)")
      }
      #expect(try one("SELECT desk_db")["db.query.text"] == "select $1::text")
      #expect(try one("GET bank")["url.full"] == "http://bank.test/rates")
      let call = try one("GET shelf")
      let callee = try one("shelf/Count")
      let door = isRemote ? try one("GET /count") : call
      #expect(callee.parent == door.id && (!isRemote || door.parent == call.id))
      #expect(!spans.contains { String(decoding: $0.json.serialized(), as: UTF8.self).contains("hush") })
    }
  }

  @Test func `say what failed`() async throws {
    try await withCollector { platform, collector in
      #expect(try await platform.post("/wrong").status == 500)
      try await platform.until { collector.spans.count == 3 }
      let spans = collector.spans
      #expect(spans.allSatisfy { $0.hasFailed })
      #expect(spans.contains { $0["db.response.status_code"] == "22012" })
      #expect(spans.first { $0.kind == 2 }?.parent == nil)
    }
  }

  @Test func `are recorded when whoever began the trace says so, and of new traces by their share`() async throws {
    try await withCollector(ratio: 0) { platform, collector in
      #expect(try await platform.get("/ask")["traceparent"]?.hasSuffix("-00") == true)
      #expect(try await platform.get("/ask", [("traceparent", String(sent.dropLast() + "0"))]).status == 200)
      _ = try await platform.get("/health")
      #expect(try await platform.get("/ask", [("traceparent", sent)]).status == 200)
      try await platform.until { collector.spans.count == 8 }
      #expect(collector.spans.allSatisfy { $0.trace == "4bf92f3577b34da6a3ce929d0e0e4736" })
    }
  }

  @Test(arguments: [FakeCollector.Mood.sleeps, .answers(500), .answers(503)])
  func `cost no request anything when the collector fails`(mood: FakeCollector.Mood) async throws {
    try await withCollector { platform, collector in
      collector.become(mood)
      for _ in 0..<20 { #expect(try await platform.get("/ask").status == 200) }
      try await platform.until { collector.batchCount > 0 }
      for _ in 0..<20 { #expect(try await platform.get("/ask").status == 200) }
    }
  }
}
