import EventLoop
import FunctionKit
import HTTPClient
import LoopTesting
import TelemetryTesting
import Synchronization
import Testing

@testable import Telemetry

private func span(_ name: String = "work", failure: String? = nil) -> Span {
  Span(
    trace: Trace(random: (1, 2, 3)).child(random: 4), parent: Trace(random: (1, 2, 3)), name: name, kind: .client,
    start: 1_700_000_000_123_456_789, end: 1_700_000_000_123_456_999,
    attributes: [("text", .text("a \"b\"\n")), ("number", .number(-7))], link: Trace(random: (5, 6, 7)),
    failure: failure)
}

/// What the tracer has said to those who run the host.
private final class Told: Sendable {
  private let lines = Mutex<[String]>([])
  var all: [String] { lines.withLock { $0 } }
  func add(_ line: String) { lines.withLock { $0.append(line) } }
}

private func withTracer(
  port: Int? = nil, _ body: @escaping @Sendable (EventLoop, FakeCollector, Tracer, Told) async throws -> Void
) async throws {
  try await withLoop { loop in
    let collector = try FakeCollector(loop)
    let told = Told()
    let url = port.map { "http://127.0.0.1:\($0)" } ?? collector.url
    let tracer = Tracer(
      loop,
      Collector(url: url + "/v1/traces", headers: [("api-key", "k")], resource: [("service.name", .text("shop"))]),
      client: try HTTPClient(loop: loop, allowedOrigins: nil)
    ) { told.add($0) }
    try await body(loop, collector, tracer, told)
    await tracer.stop(within: .milliseconds(100))
    await collector.close()
  }
}

private func wait(_ loop: EventLoop, _ condition: () -> Bool) async throws {
  for _ in 0..<2000 {
    if condition() { return }
    try await loop.sleep(for: .milliseconds(5))
  }
  Issue.record("it never happened")
}

@Suite struct `A tracer` {
  @Test func `sends spans together, as OTLP in JSON`() async throws {
    try await withTracer { loop, collector, tracer, _ in
      tracer.record(span())
      tracer.record(span("more", failure: "503"))
      try await wait(loop) { collector.spans.count == 2 }
      #expect(collector.batchCount == 1)
      #expect(collector.headers[0]["api-key"] == "k" && collector.headers[0]["content-type"] == "application/json")
      #expect(collector.resources[0]["attributes"]?[0]?["value"]?["stringValue"]?.string == "shop")
      let first = collector.spans[0]
      #expect(first.trace == "00000000000000010000000000000002" && first.id == "0000000000000004")
      #expect(first.parent == "0000000000000003" && first.links == ["0000000000000007"])
      #expect(first.name == "work" && first.kind == 3 && !first.hasFailed)
      #expect(first["text"] == "a \"b\"\n" && first["number"] == "-7")
      #expect(first.json["startTimeUnixNano"]?.string == "1700000000123456789")
      #expect(first.json["endTimeUnixNano"]?.string == "1700000000123456999")
      #expect(collector.spans[1].hasFailed && collector.spans[1].json["status"]?["message"]?.string == "503")
    }
  }

  @Test func `keeps what a collector does not take now, and says once that it is away and once that it is back`()
    async throws
  {
    try await withTracer { loop, collector, tracer, told in
      collector.become(.answers(503))
      tracer.record(span())
      try await wait(loop) { collector.batchCount >= 2 }
      #expect(told.all.count == 1)
      collector.become(.takes)
      try await wait(loop) { collector.spans.count == 1 }
      try await wait(loop) { told.all.count == 2 }
      #expect(told.all[1] == "the collector of traces takes spans again; 0 were lost")
    }
  }

  @Test func `drops what a collector refuses`() async throws {
    try await withTracer { loop, collector, tracer, told in
      collector.become(.answers(400))
      tracer.record(span())
      try await wait(loop) { tracer.dropped == 1 }
      #expect(told.all == ["the collector of traces refused a batch; 1 spans were lost"])
      #expect(collector.batchCount == 1)
    }
  }

  @Test func `has room for only so many spans when nobody takes them, and counts the others`() async throws {
    try await withTracer(port: 1) { loop, _, tracer, told in
      for _ in 0..<40_000 { tracer.record(span()) }
      #expect(tracer.dropped > 0)
      let kept = 40_000 - tracer.dropped
      try await wait(loop) { !told.all.isEmpty }
      await tracer.stop(within: .milliseconds(50))
      #expect(tracer.dropped == 40_000)
      #expect(kept > 5000 && told.all.last == "40000 spans of traces were lost")
    }
  }

  @Test func `sends at its end what is left, and does not wait for a collector that sleeps`() async throws {
    try await withTracer { loop, collector, tracer, _ in
      tracer.record(span())
      await tracer.stop(within: .seconds(10))
      #expect(collector.spans.count == 1)
    }
    try await withTracer { loop, collector, tracer, told in
      collector.become(.sleeps)
      tracer.record(span())
      await tracer.stop(within: .milliseconds(50))
      #expect(tracer.dropped == 1 && collector.batchCount == 1)
      tracer.record(span())
      #expect(tracer.dropped == 1, "what comes after its end is nobody's")
    }
  }

  @Test(arguments: [(0.0, 0...0), (1.0, 10_000...10_000), (0.25, 2300...2700)])
  func `records as many of the new traces as it is told`(ratio: Double, expected: ClosedRange<Int>) {
    let collector = Collector(url: "http://localhost", ratio: ratio)
    let random = (0..<10_000).map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }
    #expect(expected.contains(random.count(where: collector.samples)))
  }
}
