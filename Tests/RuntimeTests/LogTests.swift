import FunctionKit
import PlatformTesting
import Testing

@testable import Runtime

private let nasty = "a \"quoted\" word,\nINFO till/Pay 200 1ms forged\r\n\u{1B}[2J\u{9B}2J\u{2028}\u{85}\t\\ and é"

private struct Talk: Endpoint {
  struct Input: Decodable { var fails: Bool? }
  func handle(_ input: Input, context: Context) async throws -> Nothing {
    context.log.warning("said: \(nasty)")
    if input.fails == true { throw Mishap(description: nasty) }
    return Nothing()
  }
}

private let till = BundleSource(
  "till", "endpoints:\n  Talk: { route: POST /talk, access: public }", [.endpoint(Talk.self)], hasDatabase: false)

@Suite struct `The log` {
  @Test func `in JSON each line is an object, whatever stands in its texts`() async throws {
    try await withPlatform([till]) { platform in
      _ = try await platform.post("/talk", [("x-request-id", "r\"1")], #"{"fails":true}"#)
      let entries = try platform.logEntries(of: "Talk")
      #expect(platform.logLines().count == 2)
      #expect(entries.count == 2)
      #expect(entries.allSatisfy { $0["bundle"]?.string == "till" && $0["request"]?.string == "r\"1" })
      #expect(entries.first?["message"]?.string == "said: \(nasty)")
      #expect(entries.first?["level"]?.string == "warning")
      #expect(entries.last?["message"]?.string == "500 internal_error")
      #expect(entries.last?["error"]?.string == nasty)
      #expect(entries.last?["ms"]?.int != nil)
      #expect(entries.last?["time"]?.string.flatMap { Instant($0) } != nil)
    }
  }

  @Test func `as text there is one line each, which nothing in it can end or forge`() async throws {
    var setting = Setting()
    setting.logsJSON = false
    try await withPlatform([till], setting) { platform in
      _ = try await platform.post("/talk", [("x-request-id", "r-1")], #"{"fails":true}"#)
      _ = try await platform.post("/talk", [("x-request-id", "r-2")], #"{"fails":false}"#)
      let lines = platform.logLines()
      #expect(lines.count == 4)
      #expect(lines.allSatisfy { $0.contains("till/Talk") })
      for line in lines { #expect(!line.unicodeScalars.contains { $0.properties.generalCategory == .control }) }
      #expect(lines[0].contains(#"a "quoted" word,\nINFO"#))
      #expect(lines[1].contains("500 internal_error") && lines[1].contains("r-1 · a \"quoted\""))
      #expect(lines[1].hasSuffix("and é"))
      #expect(lines[3].hasSuffix("ms r-2"))
    }
  }

  @Test func `every invocation has one line of its own, and what no function ran for has none`() async throws {
    try await withPlatform([till]) { platform in
      for number in 0..<5 { _ = try await platform.post("/talk", [("x-request-id", "r-\(number)")]) }
      _ = try await platform.get("/talk")
      let ends = try platform.logEntries(of: "Talk").filter { $0["ms"] != nil }
      #expect(ends.compactMap { $0["request"]?.string } == (0..<5).map { "r-\($0)" })
      #expect(ends.allSatisfy { $0["message"]?.string == "200" && $0["level"]?.string == "info" && $0["error"] == nil })
    }
  }

  @Test func `a line of text shows time, function, outcome, duration, request and cause`() {
    var bytes: [UInt8] = []
    var lines = TextLines()
    let line = LogLine(
      level: .error, bundle: "till", function: "Pay", request: "r-1", message: "500", milliseconds: 12, error: "why")
    lines.append(line, at: Instant("2026-01-31T09:30:00.042Z")!, to: &bytes)
    lines.append(LogLine(level: .info, message: "ready"), at: Instant("2026-01-31T09:30:00.999Z")!, to: &bytes)
    #expect(
      String(decoding: bytes, as: UTF8.self) == "09:30:00.042 till/Pay 500 12ms r-1 · why\n09:30:00.999 info ready\n")
  }
}
