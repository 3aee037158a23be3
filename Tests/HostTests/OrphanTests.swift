import FaultTesting
import Foundation
import Testing

/// Workers that are left when their supervisor is killed.
@Suite(.serialized) struct `A worker without a supervisor` {
  @Test func `ends even if a function holds it up, and is not in the way of the next host`() throws {
    let host = try RunningHost(
      root: RunningHost.projectRoot() + "/Tests/CrashFunctions", environment: ["LAKOO_WORKERS": "1"])
    defer { host.cleanUp() }
    try host.start()
    let held = try holdUp(host)
    host.signal(SIGKILL)
    host.wait()
    try waitUntil("the next host has the ports", seconds: 60) { (try? host.start()) != nil }
    #expect(try HTTP.send(host.port(.crash), "POST", "/add").status == 200)
    try waitUntil("the worker of before has ended", seconds: 60) { kill(held, 0) != 0 }
  }

  /// - Returns: the worker whose loop does not turn any more.
  private func holdUp(_ host: RunningHost) throws -> Int32 {
    let (before, port) = (host.workers.map { ($0, processorTime(of: $0)) }, host.port(.crash))
    Thread.detachNewThread { _ = try? HTTP.get(port, "/count") }
    var held: Int32 = 0
    try waitUntil("a worker is held up", seconds: 30) {
      held = before.first { processorTime(of: $0.0) > $0.1 + 50 }?.0 ?? 0
      return held > 0
    }
    return held
  }

  /// In hundredths of a second.
  private func processorTime(of process: Int32) -> Int {
    let line = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
    return line.split(separator: " ").dropFirst(13).first.flatMap { Int($0) } ?? 0
  }
}
