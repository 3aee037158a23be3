import EventLoop
import FunctionKit
import PlatformTesting
import Testing

private struct Call: Endpoint {
  struct Input: Decodable { var own: String? }

  func handle(_ input: Input, context: Context) async throws -> String {
    var request = UpstreamRequest("bank", "GET", "/rates")
    if let own = input.own { request.headers.append((name: "Traceparent", value: own)) }
    _ = try await context.http.send(request)
    context.log.info("called")
    return context.trace.description
  }
}

private let till = BundleSource(
  "till", "needs: { outbound: [bank] }\nendpoints:\n  Call: { route: GET /call, access: public }",
  [.endpoint(Call.self)], hasDatabase: false)

private let sent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

@Suite struct `The trace of a request` {
  @Test(arguments: [sent, "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-will-be"])
  func `goes on through the function, its upstreams, the log and the answer`(traceparent: String) async throws {
    try await withBank { platform, seen in
      let reply = try await platform.get("/call", [("traceparent", traceparent)])
      let mine = try #require(reply["traceparent"])
      let trace = try #require(Trace(mine))
      #expect(reply.data?.string == mine)
      #expect(mine.hasPrefix("00-4bf92f3577b34da6a3ce929d0e0e4736-") && mine.hasSuffix("-01"))
      #expect(trace.spanID != "00f067aa0ba902b7")
      #expect(seen.value == [mine])
      let entries = try platform.logEntries(of: "Call")
      #expect(entries.count == 2)
      for entry in entries {
        #expect(entry["trace"]?.string == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(entry["span"]?.string == trace.spanID)
      }
    }
  }

  @Test(arguments: [
    nil, "", "x", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7", "\(sent)-more",
    "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
    "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
    "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
    "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01",
  ])
  func `begins here when none that can be read came`(traceparent: String?) async throws {
    try await withBank { platform, seen in
      let headers = traceparent.map { [("traceparent", $0)] } ?? []
      let replies = [try await platform.get("/call", headers), try await platform.get("/call", headers)]
      let traces = try replies.map { try #require($0["traceparent"].flatMap(Trace.init)) }
      #expect(traces[0].traceID != traces[1].traceID)
      #expect(!traces.contains { $0.traceID == "4bf92f3577b34da6a3ce929d0e0e4736" })
      #expect(seen.value == replies.compactMap { $0["traceparent"] })
    }
  }

  @Test func `is the function's own to replace towards an upstream`() async throws {
    try await withBank { platform, seen in
      _ = try await platform.get("/call?own=mine")
      #expect(seen.value == ["mine"])
    }
  }

  /// Runs the body with an upstream that puts down each `traceparent` it gets.
  private func withBank(_ body: @escaping @Sendable (Platform, Seen) async throws -> Void) async throws {
    let seen = Seen()
    var setting = Setting()
    setting.upstream = { request in
      for header in request.headers where header.name.lowercased() == "traceparent" { seen.add(header.value) }
      return UpstreamResponse(status: 200, headers: [], body: [])
    }
    try await withPlatform([till], setting) { try await body($0, seen) }
  }
}
