import FaultTesting
import Foundation
import FunctionKit
import Testing

/// What `GET /ready` tells whoever decides where requests are sent.
@Suite(.serialized) struct `A host is ready` {
  private func reasons(_ host: RunningHost, _ port: Int) throws -> [String] {
    let reply = try HTTP.get(port, "/ready")
    #expect(reply.status == (reply.code == nil ? 200 : 503))
    guard let code = reply.code else { return [] }
    #expect(code == "not_ready" && reply.headers["content-type"] == "application/problem+json")
    return (reply.json["details"]?.array ?? []).map { "\($0["field"]?.string ?? "") \($0["code"]?.string ?? "")" }
  }

  private func expect(_ host: RunningHost, _ expected: [String]) throws {
    for port in [host.port(.gateway), host.port(.admin)] {
      try waitUntil("\(port) says \(expected)", seconds: 30) { try reasons(host, port) == expected }
    }
  }

  @Test func `while its databases answer and have every step of their schemas`() async throws {
    let host = try RunningHost(root: RunningHost.projectRoot() + "/Tests/CrashFunctions")
    defer { host.cleanUp() }
    try host.start()
    try expect(host, [])
    try await host.write(in: "crash", "update lakoo.migration set version = 99 where bundle = 'crash'")
    try expect(host, ["crash_db migrations_pending"])
    try await host.write(in: "crash", "update lakoo.migration set version = 1 where bundle = 'crash'")
    try expect(host, [])
    try await host.closeDatabase()
    try expect(host, ["crash_db database_unavailable"])
    #expect(try HTTP.get(host.port(.admin), "/health").status == 503)
    try await host.openDatabase()
    try expect(host, [])
  }

  @Test func `no longer once it is about to stop, though what it has begun goes on`() async throws {
    let host = try RunningHost(root: RunningHost.projectRoot() + "/Tests/CrashFunctions")
    defer { host.cleanUp() }
    try host.start()
    let call = try await host.longCall()
    host.signal(SIGTERM)
    try waitUntil("it says so", seconds: 5) { try reasons(host, host.port(.admin)) == ["host stopping"] }
    try await host.write(in: "crash", "update till set money = 5")
    #expect(try call.get().status == 200)
  }

  @Test func `while every bundle with workers of its own has one that answers`() throws {
    let project = try ProjectCopy.ofCrashes(host: "hang: 1m")
    try project.giveOwnWorkers(to: "crash", "{ workers: 1 }")
    let host = try RunningHost(root: project.root)
    defer { host.cleanUp() }
    try host.start()
    try expect(host, [])
    let workers = try HTTP.get(host.port(.admin), "/deployment", headers: HTTP.admin).data["workers"]?.array ?? []
    let own = workers.filter { $0["bundle"]?.string == "crash" && $0["state"]?.string == "serving" }
    let process = Int32(try #require(own.first?["pid"]?.int))
    kill(process, SIGSTOP)
    try expect(host, ["crash no_worker"])
    kill(process, SIGCONT)
    try expect(host, [])
  }
}
