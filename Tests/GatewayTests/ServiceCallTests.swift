import FunctionKit
import PlatformTesting
import Testing

@Suite struct `A call to another service` {
  /// What is called, and what the caller gets to see: the value, or status and code.
  private static let calls: [(call: String, outcome: String)] = [
    (#"{"method":"POST","path":"/internal/reserve","body":{"id":"a","quantity":3}}"#, "3"),
    (#"{"method":"POST","path":"/internal/reserve","body":{"id":"too long","quantity":0}}"#, "422 validation_failed"),
    (#"{"method":"POST","path":"/internal/reserve","body":{"quantity":"x"}}"#, "422 validation_failed"),
    (#"{"method":"POST","path":"/internal/reserve"}"#, "422 validation_failed"),
    (
      #"{"method":"POST","path":"/internal/reserve","body":{"id":"b","quantity":1,"more":"\#(String(repeating: "x", count: 300))"}}"#,
      "413 body_too_large"
    ),
    (#"{"method":"GET","path":"/internal/reserve"}"#, "405 method_not_allowed"),
    (#"{"method":"GET","path":"/internal/nowhere"}"#, "404 not_found"),
    (#"{"method":"GET","path":"/internal/who/%zz"}"#, "400 bad_request"),
    (#"{"method":"GET","path":"/mine"}"#, "401 unauthenticated"),
    (#"{"method":"GET","path":"/all"}"#, "401 unauthenticated"),
    (#"{"method":"GET","path":"/all","onBehalf":true}"#, "403 forbidden"),
    (#"{"method":"GET","path":"/mine","onBehalf":true}"#, Keys.user),
    (#"{"method":"POST","path":"/internal/refuse"}"#, "409 invalid_state"),
    (#"{"method":"POST","path":"/internal/break"}"#, "500 internal_error"),
    (#"{"method":"POST","path":"/internal/sleep"}"#, "504 function_timeout"),
    (#"{"method":"POST","path":"/internal/sleep-long","timeout":150}"#, "504 function_timeout"),
    (#"{"method":"DELETE","path":"/internal/things/1"}"#, "null"),
    (#"{"method":"POST","path":"/internal/reserve","body":{"id":"c","quantity":4},"key":"k"}"#, "4"),
    (#"{"method":"POST","path":"/internal/reserve","body":{"id":"c","quantity":4},"key":"k"}"#, "4"),
    (
      #"{"method":"POST","path":"/internal/reserve","body":{"id":"d","quantity":4},"key":"k"}"#,
      "422 idempotency_key_reused"
    ),
    (#"{"method":"GET","path":"internal/list"}"#, "400 invalid_path"),
    (#"{"method":"GET","path":"/internal/list?x"}"#, "400 invalid_path"),
    (#"{"method":"POST","path":"/internal/reserve","key":"a\nb"}"#, "400 invalid_idempotency_key"),
    (#"{"service":"wallet","method":"GET","path":"/"}"#, "503 service_unavailable"),
  ]

  @Test func `ends the same in process and over HTTP`() async throws {
    var all: [[String]] = []
    for way in Way.allCases {
      let outcomes = try await withPlatform([front, stock], way.setting) { platform in
        var outcomes: [String] = []
        for (call, expected) in Self.calls {
          let outcome = try await platform.ask(call, Keys.asUser() + [("x-request-id", "r1")])
          #expect(Self.summary(outcome) == expected, "\(way) \(call)")
          // Which side notices first that the time is over is a matter of chance, and so are the words.
          outcomes.append(expected.hasPrefix("504") ? expected : String(decoding: outcome.serialized(), as: UTF8.self))
        }
        #expect(try await platform.one("select count(*) from note") == 2)
        return outcomes
      }
      all.append(outcomes)
    }
    #expect(all[0] == all[1])
  }

  private static func summary(_ outcome: JSON) -> String {
    guard let status = outcome["status"]?.int else {
      let value = outcome["value"] ?? .null
      return value.string ?? String(decoding: value.serialized(), as: UTF8.self)
    }
    return "\(status) \(outcome["code"]?.string ?? "")"
  }

  @Test(arguments: Way.allCases)
  func `is of the caller's request, and says for whom it is made only when told to`(way: Way) async throws {
    try await withPlatform([front, stock], way.setting) { platform in
      let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
      let headers = Keys.asUser(role: "seller") + [("x-request-id", "r7"), ("traceparent", trace)]
      let alone = try await platform.ask(#"{"method":"GET","path":"/internal/who/a"}"#, headers)["value"]
      #expect(alone?["user"]?.isNull == true)
      #expect(alone?["isPrivileged"]?.bool == true)
      #expect(alone?["requestID"]?.string == "r7")
      let child = try #require(alone?["trace"]?.string)
      #expect(child.prefix(36) == trace.prefix(36) && child != trace, "one trace, another part of it")
      let both = try await platform.ask(#"{"method":"GET","path":"/internal/who/a","onBehalf":true}"#, headers)["value"]
      #expect(both?["user"]?.string == Keys.user)
      #expect(both?["role"]?.string == "seller")
      let entries = try platform.logEntries(of: "WhoCalls")
      #expect(entries.map { $0["request"]?.string } == ["r7", "r7"])
      #expect(entries.map { $0["bundle"]?.string } == ["stock", "stock"])
    }
  }

  @Test(arguments: Way.allCases)
  func `that fails makes the caller unavailable, and one that is refused is the caller's fault`(
    way: Way
  ) async throws {
    try await withPlatform([front, stock], way.setting) { platform in
      let failed = try await platform.post("/depend", [], #"{"path":"/internal/break"}"#)
      #expect(failed.status == 503)
      #expect(failed.code == "service_unavailable")
      #expect(failed.json["detail"]?.string?.contains("stock") == true)
      #expect(try await platform.post("/depend", [], #"{"path":"/internal/refuse"}"#).status == 500)
      let line = try #require(try platform.logEntries(of: "Depend").last)
      #expect(line["error"]?.string?.contains("409 invalid_state") == true)
    }
  }

  @Test(arguments: Way.allCases)
  func `ends with its caller's deadline, on both sides`(way: Way) async throws {
    try await withPlatform([front, stock], way.setting) { platform in
      let reply = try await platform.post("/hurry")
      #expect(reply.status == 504)
      try await platform.until { try !platform.logEntries(of: "SleepLong").isEmpty }
      #expect(try platform.logEntries(of: "SleepLong").first?["message"]?.string == "504 function_timeout")
    }
  }

  @Test(arguments: Way.allCases)
  func `is given up at once by a caller that is cancelled`(way: Way) async throws {
    try await withPlatform([front, stock], way.setting) { platform in
      #expect(try await platform.post("/give-up").data?.string == "cancelled")
      try await platform.until { try !platform.logEntries(of: "SleepLong").isEmpty }
    }
  }

  @Test(arguments: Way.allCases)
  func `in a circle is cut`(way: Way) async throws {
    try await withPlatform([front, stock], way.setting) { platform in
      let reply = try await platform.get("/circle")
      #expect(reply.status == 508)
      #expect(reply.code == "loop_detected")
      #expect(try platform.logEntries(of: "Circle").count == 9)
    }
  }

  @Test(arguments: [([], 9), (Keys.asService, 1), (Keys.wrongService, 9)])
  func `has a depth that only services are believed`(keys: [(String, String)], calls: Int) async throws {
    try await withPlatform([front, stock], Way.inProcess.setting) { platform in
      let reply = try await platform.get("/circle", keys + [("x-lakoo-depth", "8")])
      #expect(reply.status == 508)
      #expect(try platform.logEntries(of: "Circle").count == calls)
    }
  }

  @Test(arguments: [
    ("/after-writing", 500), ("/while-writing", 500), ("/before-writing", 200), ("/in-transaction", 500),
    ("/after-transaction", 200),
  ])
  func `is not made while a transaction is open`(path: String, status: Int) async throws {
    for way in Way.allCases {
      try await withPlatform([front, stock], way.setting) { platform in
        let reply = try await platform.post(path)
        #expect(reply.status == status, "\(way)")
        if status == 200 {
          #expect(reply.text == #"{"success":true,"data":{"sum":3,"next":"c"}}"#)
        } else {
          #expect(
            platform.logLines().contains { $0.contains("inside a transaction") && $0.contains("context.transaction") })
        }
        #expect(try await platform.one("select count(*) from note") == (status == 200 ? 1 : 0))
      }
    }
  }

  @Test func `lets no transaction begin while it is under way`() async throws {
    for way in Way.allCases {
      try await withPlatform([front, stock], way.setting) { platform async throws in
        #expect(try await platform.post("/beside-transaction").status == 500, "\(way)")
        #expect(
          platform.logLines().contains {
            $0.contains("while its call of stock POST /internal/sleep is under way") && $0.contains("await the call")
          })
        #expect(try await platform.one("select count(*) from note") == 0)
      }
    }
  }

  @Test func `is made only to services that the manifest lists`() async throws {
    try await withPlatform([front, stock], Way.inProcess.setting) { platform in
      let reply = try await platform.post("/ask", [], #"{"service":"bank","method":"GET","path":"/"}"#)
      #expect(reply.status == 500)
      #expect(platform.logLines().last?.contains("add 'services: [bank]' under needs") == true)
    }
  }
}
