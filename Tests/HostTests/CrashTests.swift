import FaultTesting
import Foundation
import FunctionKit
import Synchronization
import Testing

/// Functions that trap in a host as it is started by a user.
@Suite(.serialized) struct `A host whose function traps` {
  private func withHost(_ body: (RunningHost) throws -> Void) throws {
    let host = try RunningHost(root: RunningHost.projectRoot() + "/Tests/CrashFunctions")
    defer { host.cleanUp() }
    try host.start()
    try body(host)
  }

  private func take(_ host: RunningHost, _ request: String) throws -> HTTP.Reply {
    try HTTP.send(
      host.port(.crash), "POST", "/take", headers: ["x-request-id": request], body: #"{"from":[1,2],"place":7}"#)
  }

  @Test func `answers for it, and for everybody else as if nothing had happened`() throws {
    try withHost { host in
      let others = Callers(count: 8) { try HTTP.send(host.port(.crash), "POST", "/add").status }
      usleep(150_000)
      let answer = try take(host, "the-request")
      #expect(answer.status == 500 && answer.code == "function_crashed", "\(answer.text)")
      #expect(others.statuses() == Array(repeating: 200, count: 8))
      #expect(try HTTP.send(host.port(.crash), "POST", "/add").data.int == 9, "what it took is back")
      try waitUntil("the crash is told", seconds: 20) { host.output.contains("libCrashFunctions.so+0x") }
      #expect(host.output.contains("crash/TakeMoney"))
      #expect(host.output.contains("CrashFunctions TakeMoney.handle(_:context:)"), "\(host.output)")
    }
  }

  @Test func `replaces a process that could not be saved, and tells whose doing it was`() throws {
    try withHost { host in
      for _ in 0..<2 { #expect(throws: (any Error).self) { try HTTP.send(host.port(.crash), "POST", "/recurse") } }
      try waitUntil("service resumes", seconds: 30) {
        (try? HTTP.send(host.port(.crash), "POST", "/add"))?.status == 200
      }
      #expect(host.output.contains("CrashFunctions Recurse.dig(_:)"), "\(host.output)")
    }
  }

  @Test func `no longer runs a function that traps again and again`() throws {
    try withHost { host in
      try waitUntil("it is in quarantine", seconds: 30) {
        (try? take(host, "again"))?.code == "function_quarantined"
      }
      #expect(try HTTP.send(host.port(.crash), "POST", "/add").data.int == 1, "nothing was taken")
    }
  }
}

/// So many threads that make one call each.
private final class Callers: Sendable {
  private let answers = Mutex<[Int]>([])
  private let count: Int

  init(count: Int, _ call: @escaping @Sendable () throws -> Int) {
    self.count = count
    for _ in 0..<count {
      Thread.detachNewThread {
        let status = (try? call()) ?? 0
        self.answers.withLock { $0.append(status) }
      }
    }
  }

  /// Of all, once they have been answered.
  func statuses() -> [Int] {
    while answers.withLock({ $0.count }) < count { usleep(10_000) }
    return answers.withLock { $0 }
  }
}
