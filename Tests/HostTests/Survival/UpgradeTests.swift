import FaultTesting
import Foundation
import FunctionKit
import Testing

/// Another program in the place of the one that runs; that clients keep their connections, `HandoverTests` shows.
@Suite(.serialized) struct `An upgrade` {
  private func withHost(_ body: (RunningHost) async throws -> Void) async throws {
    let project = try ProjectCopy.ofCrashes(host: "drain: 1m")
    let host = try RunningHost(root: project.root)
    defer { host.cleanUp() }
    try host.start()
    try await body(host)
  }

  private func upgrade(_ host: RunningHost, to program: String) throws -> HTTP.Reply {
    try HTTP.send(
      host.port(.admin), "POST", "/upgrade", headers: HTTP.admin, body: #"{"program":"\#(program)"}"#)
  }

  @Test func `to what is no program of a host is refused, and the one that runs goes on`() async throws {
    try await withHost { host in
      let before = try host.deployment().serving
      for (program, reason) in [("/no/such/lakoo", "can't be run"), ("/bin/true", "is not a host program")] {
        let reply = try upgrade(host, to: program)
        #expect(reply.status == 422 && reply.text.contains(reason), "\(reply.text)")
      }
      #expect(try host.deployment().serving == before)
      #expect(try HTTP.get(host.port(.crash), "/money").status == 200)
    }
  }

  @Test func `lets a request that is under way end, and looks after workers as before`() async throws {
    try await withHost { host in
      let before = Set(try host.deployment().serving.map(\.processID))
      let call = try await host.longCall()
      #expect(try upgrade(host, to: RunningHost.buildDirectory + "/lakoo").status == 202)
      try waitUntil("the other program has new workers", seconds: 30) {
        let serving = try? host.deployment().serving.map(\.processID)
        return serving?.count == 2 && before.isDisjoint(with: serving ?? [])
      }
      #expect(try HTTP.get(host.port(.crash), "/money").data == 0)
      try await host.write(in: "crash", "update till set money = 1")
      #expect(try call.get().data == 1)

      let killed = try #require(try host.deployment().serving.first).processID
      kill(killed, SIGKILL)
      try host.waitForWorkers(otherThan: [killed])
      #expect(host.stop() == 0)
      #expect(host.orphans == [])
    }
  }
}
