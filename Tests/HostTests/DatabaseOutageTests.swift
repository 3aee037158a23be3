import FaultTesting
import Foundation
import FunctionKit
import Synchronization
import Testing

/// PostgreSQL killed under load: callers are told so, service resumes by itself, and nothing that was accepted is lost.
@Suite(.serialized) struct `PostgreSQL killed under load` {
  @Test func `errors are 503 with a reason, then service resumes`() async throws {
    let host = try RunningHost()
    defer { host.cleanUp() }
    try host.start()
    let load = Load(host)
    load.start(threads: 4)
    for _ in 0..<3 {
      usleep(400_000)
      let killed = try postmaster(host)
      kill(killed, SIGKILL)
      try waitUntil("another server has taken over", seconds: 30) { (try? postmaster(host)) ?? killed != killed }
      try waitUntil("service resumes", seconds: 30) {
        try HTTP.get(host.port(.gateway), "/postal-codes/10310").status == 200
      }
    }
    load.stop()
    let (accepted, statuses, problems) = load.results
    print("statuses \(statuses), problems \(problems), \(accepted.count) accepted")
    #expect(Set(statuses.keys).isSubset(of: [201, 202, 503, 409]), "\(statuses) \(problems)")
    #expect(Set(problems.keys).isSubset(of: ["database_unavailable", "idempotency_in_progress"]), "\(problems)")
    #expect(!accepted.isEmpty && statuses[503, default: 0] > 0)
    let kept = try await host.value(
      in: "payment", "select count(*) from payment where reference_id = any(\(accepted)::uuid[])")
    #expect(kept == accepted.count)
  }

  private func postmaster(_ host: RunningHost) throws -> Int32 {
    let text = try String(contentsOfFile: host.state + "/postgres/postmaster.pid", encoding: .utf8)
    guard let processID = text.split(separator: "\n").first.flatMap({ Int32($0) }) else {
      throw TestFailure("the server has not written down its process yet")
    }
    return processID
  }
}

/// Threads that create payments and note what they are told.
private final class Load: Sendable {
  private let host: RunningHost
  private let state = Mutex(State())

  private struct State {
    var isOver = false
    var running = 0
    var accepted: [String] = []
    var statuses: [Int: Int] = [:]
    var problems: [String: Int] = [:]
  }

  init(_ host: RunningHost) { self.host = host }

  var results: ([String], [Int: Int], [String: Int]) {
    state.withLock { ($0.accepted, $0.statuses, $0.problems) }
  }

  func start(threads: Int) {
    state.withLock { $0.running = threads }
    for _ in 0..<threads {
      Thread.detachNewThread { [self] in
        while !state.withLock({ $0.isOver }) { create() }
        state.withLock { $0.running -= 1 }
      }
    }
  }

  func stop() {
    state.withLock { $0.isOver = true }
    while state.withLock({ $0.running }) > 0 { usleep(10_000) }
  }

  private func create() {
    let order = UUID().uuidString.lowercased()
    let body = """
      {"userId":"\(order)","customer":{"name":"Pembeli"},"orders":[{"orderId":"\(order)","orderNumber":"ORD",
       "lines":[{"merchandiseAmount":50000}]}]}
      """
    let headers = HTTP.service.merging(["idempotency-key": order]) { $1 }
    guard let reply = try? HTTP.send(host.port(.payment), "POST", "/create", headers: headers, body: body) else {
      return
    }
    state.withLock { state in
      state.statuses[reply.status, default: 0] += 1
      if let code = reply.json["code"]?.string { state.problems[code, default: 0] += 1 }
      if reply.status < 300 { state.accepted.append(order) }
    }
    if reply.status >= 500 { usleep(20_000) }
  }
}
