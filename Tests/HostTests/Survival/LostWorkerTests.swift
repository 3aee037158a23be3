import FaultTesting
import Foundation
import FunctionKit
import Testing

/// Workers that end, hang or grow, and what callers notice of it.
@Suite(.serialized) struct `A worker` {
  private func withHost(_ settings: String = "", _ body: (RunningHost) throws -> Void) throws {
    let project = try ProjectCopy.ofCrashes(host: settings)
    let host = try RunningHost(root: project.root)
    defer { host.cleanUp() }
    try host.start()
    try host.waitForWorkers()
    try body(host)
  }

  /// Callers notice nothing.
  private func checkAnswers(_ host: RunningHost, of requests: Int = 1) throws {
    for _ in 0..<requests { #expect(try HTTP.get(host.port(.crash), "/money").status == 200) }
  }

  @Test func `that is killed is replaced, while the others answer`() throws {
    try withHost { host in
      for _ in 0..<3 {
        let killed = try #require(try host.deployment().serving.first).processID
        kill(killed, SIGKILL)
        try waitUntil("it has ended") { host.output.contains("(process \(killed)) ended by signal 9 and is replaced") }
        try checkAnswers(host, of: 10)
        try host.waitForWorkers(otherThan: [killed])
        try checkAnswers(host, of: 10)
      }
    }
  }

  @Test func `whose loop does not turn is replaced, and the function that holds it is named`() throws {
    try withHost("hang: 2s") { host in
      let before = Set(try host.deployment().serving.map(\.processID))
      let call = PendingReply { try HTTP.get(host.port(.crash), "/count") }
      try waitUntil("the function is named", seconds: 60) {
        host.output.contains(" hangs in crash/CountForever of release ")
      }
      #expect(throws: TestFailure.self, "nobody answers for it") { try call.get() }
      #expect(host.output.contains("its loop has not turned for 2.0 seconds; it is replaced"), "\(host.output)")
      try waitUntil("two workers serve, one of them new", seconds: 30) {
        let serving = Set(try host.deployment().serving.map(\.processID))
        return serving.count == 2 && serving.intersection(before).count <= 1
      }
      #expect(host.output.contains("CrashFunctions CountForever.handle(_:context:)"), "\(host.output)")
      try checkAnswers(host, of: 10)
    }
  }

  @Test func `that has grown too big is replaced in good order`() throws {
    try withHost("memory: 400MB") { host in
      let before = Set(try host.deployment().serving.map(\.processID))
      let big = try HTTP.send(host.port(.crash), "POST", "/hoard", body: #"{"megabytes":450}"#)
      #expect(big.status == 200, "\(big.text)")
      let reason = "more than the 381 MB of 'memory' in host.yaml; it is replaced"
      try waitUntil("its size is noticed", seconds: 30) {
        try checkAnswers(host)
        return host.output.contains(reason)
      }
      try waitUntil("two workers serve, one of them new", seconds: 30) {
        try checkAnswers(host)
        let serving = Set(try host.deployment().serving.map(\.processID))
        return serving.count == 2 && serving.intersection(before).count == 1
      }
      #expect(!host.output.contains("ended by signal"))
    }
  }
}
