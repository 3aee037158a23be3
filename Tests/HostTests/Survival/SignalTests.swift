import FaultTesting
import Foundation
import FunctionKit
import Testing

/// What a host does when it is sent a signal.
@Suite(.serialized) struct `A signal to the host` {
  private func withHost(_ body: (RunningHost, borrowing ProjectCopy) async throws -> Void) async throws {
    let project = try ProjectCopy.ofCrashes()
    let host = try RunningHost(root: project.root)
    defer { host.cleanUp() }
    try host.start()
    try await body(host, project)
  }

  @Test func `SIGHUP brings what the project has now, or says why not`() async throws {
    try await withHost { host, project in
      try project.answer(everybody: false)
      host.signal(SIGHUP)
      try waitUntil("the new manifests are live") { host.output.contains("reloaded: new workers serve") }
      #expect(try HTTP.get(host.port(.crash), "/money").status == 401)
      #expect(try HTTP.get(host.port(.hello), "/hello").status == 401)
      try project.replace("access: user", with: "acess: user", in: "manifests/crash.yaml")
      host.signal(SIGHUP)
      try waitUntil("the mistake is told") { host.output.contains("did you mean 'access'?") }
      #expect(host.output.contains("nothing was reloaded: crash.yaml:"), "\(host.output)")
      #expect(try HTTP.get(host.port(.crash), "/money").status == 401)
    }
  }

  @Test func `SIGTERM lets it answer what it has begun, and nothing new`() async throws {
    try await withHost { host, _ in
      let call = try await host.longCall()
      host.signal(SIGTERM)
      try waitUntil("nobody listens any more") { (try? HTTP.connect(host.port(.crash))).map { close($0) } == nil }
      #expect(host.isRunning)
      try await host.write(in: "crash", "update till set money = 1")
      #expect(try call.get().data == 1)
      #expect(host.wait() == 0)
      #expect(host.orphans == [])
    }
  }

  @Test func `a second SIGTERM ends it at once, and the next start finds all in order`() async throws {
    try await withHost { host, _ in
      let call = try await host.longCall()
      host.signal(SIGTERM)
      try waitUntil("it is stopping") { host.output.contains("stopping") }
      host.signal(SIGTERM)
      #expect(host.wait() == 130)
      try host.start()
      #expect(try HTTP.get(host.port(.crash), "/money").status == 200)
      _ = try? call.get()
      try waitUntil("nothing of the one before is left", seconds: 60) { host.orphans.isEmpty }
    }
  }

  @Test func `SIGKILL leaves what a start at once goes on with, though a request is still under way`() async throws {
    try await withHost { host, _ in
      let call = try await host.longCall()
      host.signal(SIGKILL)
      host.wait()
      try host.start()
      #expect(try HTTP.get(host.port(.crash), "/money").status == 200)
      _ = try? call.get()
      try waitUntil("nothing of the one before is left", seconds: 60) { host.orphans.isEmpty }
      #expect(try HTTP.get(host.port(.crash), "/money").status == 200)
    }
  }
}
