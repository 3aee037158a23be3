import FunctionKit
import PlatformTesting
import Testing

@Suite struct `A service that is not well` {
  @Test(arguments: [
    (#""retries":2,"key":"k""#, 3, true), (#""retries":1,"key":"k""#, 2, false), (#""retries":2"#, 1, false),
  ])
  func `is asked again where that is safe, as often as allowed`(
    options: String, calls: Int, isWell: Bool
  ) async throws {
    for way in Way.allCases {
      try await withPlatform([front, stock], way.setting) { platform in
        let call = #"{"method":"POST","path":"/internal/flaky","body":{"failures":2},\#(options)}"#
        let outcome = try await platform.ask(call)
        #expect((outcome["value"]?.int == 3) == isWell, "\(way)")
        #expect((outcome["code"]?.string == "overloaded") != isWell, "\(way)")
        #expect(try await platform.one("select count(*) from note") == calls, "\(way)")
      }
    }
  }

  @Test func `is given a pause, and calls meanwhile are refused at once`() async throws {
    try await withPlatform([front, stock], Way.overHTTP.setting) { platform in
      let breaking = #"{"method":"POST","path":"/internal/break"}"#
      for _ in 0..<5 { #expect(try await platform.ask(breaking)["code"]?.string == "internal_error") }
      let refused = try await platform.ask(#"{"method":"GET","path":"/internal/list"}"#)
      #expect(refused["code"]?.string == "service_unavailable")
      #expect(refused["mayHaveActed"]?.bool == false)
      #expect(refused["detail"]?.string?.contains("stock") == true)
      #expect(try platform.logEntries(of: "ListStock").isEmpty)
      try await platform.until {
        try await platform.ask(#"{"method":"GET","path":"/internal/list"}"#)["value"]?[0]?.int == 1
      }
      #expect(platform.logLines().contains { $0.contains("service stock answers again") })
    }
  }

  @Test func `is not given one for refusals, nor in process`() async throws {
    try await withPlatform([front, stock], Way.overHTTP.setting) { platform in
      for _ in 0..<7 {
        let outcome = try await platform.ask(#"{"method":"POST","path":"/internal/refuse"}"#)
        #expect(outcome["code"]?.string == "invalid_state")
      }
    }
    try await withPlatform([front, stock], Way.inProcess.setting) { platform in
      for _ in 0..<7 {
        let outcome = try await platform.ask(#"{"method":"POST","path":"/internal/break"}"#)
        #expect(outcome["code"]?.string == "internal_error")
      }
    }
  }

  @Test func `that nobody can reach has surely not acted`() async throws {
    var setting = Way.inProcess.setting
    setting.remote = ["stock": "http://127.0.0.1:1"]
    try await withPlatform([front, stock], setting) { platform in
      let outcome = try await platform.ask(#"{"method":"POST","path":"/internal/reserve","retries":1}"#)
      #expect(outcome["status"]?.int == 503)
      #expect(outcome["code"]?.string == "service_unreachable")
      #expect(outcome["mayHaveActed"]?.bool == false)
    }
  }
}
