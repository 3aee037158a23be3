import EventLoop
import FunctionKit
import Glibc
import LoopTesting
import Manifest
import PlatformTesting
import Runtime
import Testing

@testable import Gateway

private struct Look: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Int { 7 }
}

private struct Fail: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Int { throw Problem(409, "no", "No.") }
}

private struct Linger: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Nothing {
    try await context.db.run("select pg_sleep(60)")
    return input
  }
}

private let desk = BundleSource(
  "desk",
  """
  endpoints:
    Look:   { route: GET /things/:id, access: public }
    Mine:   { route: GET /mine/:resetToken/end, access: user }
    Fail:   { route: POST /fail, access: public }
    Linger: { route: GET /linger, access: public, timeout: 5m }
  """, [.endpoint(Look.self), .endpoint(Fail.self), .endpoint(Linger.self), .endpoint(Mine.self)])

private struct Mine: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Int { 7 }
}

private func withDesk(
  _ policy: String, _ body: @escaping @Sendable (Platform) async throws -> Void
) async throws {
  var setting = Setting()
  setting.host = "accessLog: \(policy)"
  try await withPlatform([desk], setting, body)
}

@Suite struct `The access log` {
  @Test func `tells who asked for what and what came of it`() async throws {
    try await withDesk("all") { platform in
      let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
      let headers = [("x-request-id", "r1"), ("traceparent", trace)]
      let answer = try await platform.get("/things/7", to: .gateway, headers)
      _ = try await platform.get("/mine/t0p/end", Keys.asUser())
      let lines = try platform.accessEntries()
      #expect(lines.count == 2)
      let (first, second) = (lines[0], lines[1])
      #expect(first["time"]?.string.flatMap { Instant($0) } != nil)
      #expect(first["door"]?.string == "gateway" && second["door"]?.string == "desk")
      #expect(first["request"]?.string == "r1" && second["request"]?.string != nil)
      #expect(first["trace"]?.string == "4bf92f3577b34da6a3ce929d0e0e4736")
      #expect(first["client"]?.string == "127.0.0.1" && first["method"]?.string == "GET")
      #expect(first["route"]?.string == "/things/:id" && first["path"]?.string == "/things/7")
      #expect(first["status"]?.int == 200 && first["bytes"]?.int == answer.body.count)
      #expect((first["us"]?.int ?? 0) > 0)
      #expect(first["bundle"]?.string == "desk" && first["function"]?.string == "Look")
      #expect(first["user"] == nil && second["user"]?.string == Keys.user)
    }
  }

  @Test func `has no secrets: neither queries, nor headers, nor the parameters of a path that are one`() async throws {
    try await withDesk("all") { platform in
      let headers = [("authorization", "Bearer hush1"), ("cookie", "a=hush2"), ("x-gateway-key", "hush3")]
      for path in ["/things/7?token=hush4", "/mine/hush5/end", "/nowhere?hush6", "/mine/hush7/end?hush8"] {
        _ = try await platform.get(path, headers)
        _ = try await platform.get(path, to: .gateway, headers)
      }
      _ = try await platform.post("/fail?hush9", headers, #"{"password":"hush10"}"#)
      let lines = platform.logLines().filter { $0.contains(#""kind":"access""#) }
      #expect(lines.count == 9)
      #expect(!lines.contains { $0.contains("hush") })
      #expect(lines.contains { $0.contains(#""path":"/mine/:resetToken/end""#) })
    }
  }

  @Test func `tells of requests that no function saw`() async throws {
    try await withDesk("errors") { platform in
      _ = try await platform.get("/things/7")
      _ = try await platform.get("/nowhere")
      _ = try await platform.send("DELETE", "/fail")
      _ = try await platform.post("/fail")
      _ = try await platform.send(bytes: Array("GET / HTTP/1.1\r\nbroken\r\n\r\n".utf8), to: .gateway)
      let long = "/" + String(repeating: "a", count: 5000)
      _ = try await platform.get(long)
      let lines = try platform.accessEntries()
      #expect(lines.map { $0["status"]?.int } == [404, 405, 409, 400, 404])
      #expect(lines[3]["method"] == nil && lines[3]["path"] == nil)
      #expect(lines[4]["path"]?.string == String(long.prefix(512)))
    }
  }

  @Test func `tells of a client that did not wait`() async throws {
    try await withDesk("errors") { platform in
      let pending = try await platform.begin("GET", "/linger")
      pending.leave()
      try await platform.until { try !platform.accessEntries().isEmpty }
      let line = try #require(try platform.accessEntries().first)
      #expect(line["status"]?.int == 499 && line["function"]?.string == "Linger")
      try await platform.until { platform.services.inFlight.count == 0 }
      #expect(try platform.accessEntries().count == 1)
    }
  }

  @Test(arguments: [("off", 0), ("25%", 6), ("errors", 1)])
  func `takes as many as it is told`(policy: String, count: Int) async throws {
    try await withDesk("\"\(policy)\"") { platform in
      for _ in 0..<20 { _ = try await platform.get("/things/7") }
      _ = try await platform.get("/nowhere")
      #expect(try platform.accessEntries().count == count)
    }
  }

  @Test func `makes nobody wait for a reader that can't keep up, which hears how much it has missed`() async throws {
    try await withLoop { loop in
      let (reading, writing) = try Descriptor.pipe()
      let log = try #require(AccessLog(loop, .all, descriptor: writing.number))
      let line = AccessLine(time: Instant(microseconds: 0), door: .gateway, outcome: Outcome(status: 200, bytes: 1))
      for _ in 0..<40_000 { log.add(line) }
      log.flush()
      var bytes: [UInt8] = []
      for _ in 0..<2000 where !String(decoding: bytes.suffix(100), as: UTF8.self).contains("dropped") {
        bytes += read(reading)
        try await loop.sleep(for: .milliseconds(5))
      }
      let lines = try bytes.split(separator: UInt8(ascii: "\n")).map { try JSON.parse(Array($0)) }
      let dropped = lines.compactMap { $0["dropped"]?.int }
      #expect(dropped.count == 1 && lines.count - 1 + (dropped.first ?? 0) == 40_000)
      #expect(lines.count > 5000)
    }
  }

  /// What is there now.
  private func read(_ pipe: Descriptor) -> [UInt8] {
    _ = fcntl(pipe.number, F_SETFL, O_NONBLOCK)
    var (bytes, part) = ([UInt8](), [UInt8](repeating: 0, count: 65_536))
    while case let count = Glibc.read(pipe.number, &part, part.count), count > 0 { bytes += part[..<count] }
    return bytes
  }
}
